import { createHash } from "node:crypto";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { Queryable } from "../store/database.ts";
import { recordHoldoutUses } from "../store/holdout-uses.ts";

/**
 * How many different models have been judged on hold-outs of each model's data, this one included. Another seed draws another hold-out
 * from the same rows, of which most were looked at before, so the count goes on; other data begins a new one. A model that
 * is the base's learns nothing and is not counted.
 */
export async function countHoldoutUses(
  database: Queryable,
  repositoryId: number,
  models: readonly ModelReview[],
): Promise<Record<string, number>> {
  const used = models.flatMap(({ model, base, head, comparison }) => {
    if (comparison?.status !== "compared" || base.state !== "ran" || head.state !== "ran") return [];
    const [before, after] = [base.run.lineage, head.run.lineage];
    if (before.modelDigest === after.modelDigest) return [];
    const data = createHash("sha256")
      .update(JSON.stringify([before.dataBlob, base.run.target]))
      .digest("hex");
    return [{ name: model, data, model: after.modelDigest }];
  });
  const counts = await recordHoldoutUses(database, repositoryId, used);
  return Object.fromEntries(used.flatMap(({ name, data }) => (counts.has(data) ? [[name, counts.get(data)!]] : [])));
}
