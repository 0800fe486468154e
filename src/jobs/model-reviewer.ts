import { join } from "node:path";
import { openFailedReviews } from "../prepare/failed-reviews.ts";
import { openReviewCache, type ReviewCache } from "../prepare/review-cache.ts";
import { reviewModels } from "../prepare/review-models.ts";
import type { ReviewModels } from "./review-ports.ts";

/** Repositories whose finished reviews are held in memory. */
const mostRepositories = 200;

/**
 * Reviews models in child processes and keeps what can be used again. Each repository has a cache of its own, so that
 * nothing of a private one can show up elsewhere.
 *
 * @param directory where results are kept
 */
export function modelReviewer(directory: string, limits: { seconds: number; megabytes: number }): ReviewModels {
  const caches = new Map<number, ReviewCache>();
  return ({ repositoryId, forced, ...request }) => {
    const cache = join(directory, String(repositoryId));
    const reviews = caches.get(repositoryId) ?? openReviewCache(cache);
    if (caches.size >= mostRepositories) caches.clear();
    caches.set(repositoryId, reviews);
    const failures = openFailedReviews(cache);
    return reviewModels({ ...request, cache, reviews, failures, retryFailures: forced, limits });
  };
}
