import { join } from "node:path";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { localCacheLimits, pruneCache } from "../prepare/prune-cache.ts";
import { openReviewCache } from "../prepare/review-cache.ts";
import { type ReviewModelsOptions, reviewModels } from "../prepare/review-models.ts";
import { progressLine } from "./progress-line.ts";

/**
 * Reviews models within the limits that a command was given, and shows how far it is.
 *
 * @param cache folder of what was run before, or null
 * @param kept folders that are kept small afterwards
 */
export async function reviewWithin(
  { timeout, memory }: { timeout: number; memory: number },
  cache: string | null,
  request: Pick<ReviewModelsOptions, "models" | "base" | "head" | "movedBase" | "slices" | "findAnchors" | "signal">,
  kept = ["runs", "reviews"].map((one) => join(cache ?? "", one)),
): Promise<ModelReview[]> {
  using progress = progressLine();
  try {
    return await reviewModels({
      ...request,
      reviews: openReviewCache(cache),
      cache: cache === null ? null : join(cache, "runs"),
      limits: { seconds: timeout, megabytes: memory },
      limitSettings: { seconds: "--timeout", megabytes: "--memory" },
      onProgress: progress.update,
    });
  } finally {
    if (cache !== null) await pruneCache(kept, localCacheLimits);
  }
}

/**
 * Folder of what was run and read before, or null when a person wants none.
 *
 * @param usual where it is unless a person names one
 */
export function cacheFolder(option: string | boolean, usual: string): string | null {
  if (option === false) return null;
  return option === true ? usual : option;
}
