import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { Queryable } from "../store/database.ts";
import { recordHoldoutUses } from "../store/holdout-uses.ts";

/**
 * How many pull requests the hold-out of each model has judged, this one included. A pull request that changes nothing
 * about a model learns nothing from its hold-out and is not counted.
 */
export async function countHoldoutUses(
  database: Queryable,
  { repositoryId, number }: { repositoryId: number; number: number | null },
  models: readonly ModelReview[],
): Promise<Record<string, number>> {
  if (number === null) return {};
  const used = models.flatMap(({ model, changed, comparison }) => {
    const digest = comparison?.status === "compared" ? comparison.holdout.digest : undefined;
    return digest !== undefined && (changed?.data || changed?.experiment) ? [{ model, digest }] : [];
  });
  const counts = await recordHoldoutUses(database, { repositoryId, number }, [
    ...new Set(used.map(({ digest }) => digest)),
  ]);
  return Object.fromEntries(
    used.flatMap(({ model, digest }) => (counts.has(digest) ? [[model, counts.get(digest)!]] : [])),
  );
}
