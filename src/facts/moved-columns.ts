import type { ColumnDrift } from "../../pipeline/drift/drift-report.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";

/**
 * What drifted, of the columns that stayed where they were, and what tells the sides' rows apart by all columns together;
 * null when nothing does. Columns that changed places tell any two rows apart.
 */
export function driftNews(review: ModelReview | null): { drifted: ColumnDrift[]; joint: string | null } {
  const { columns = [], multivariate } = review?.drift ?? {};
  const moved = movedColumns(review);
  return {
    drifted: columns.filter((column) => column.answer === "drifted" && !moved.has(column)),
    joint: multivariate?.answer === "drifted" && moved.size === 0 ? multivariate.description : null,
  };
}

/**
 * Columns of a drift report that now hold the values of another one, so that comparing them by their name says nothing
 * but that. Of a target that moved, the predictions are other things as well. Only those whose values differ, or can't
 * be compared; and none against a pinned reference, of whose columns nobody knows whether they moved.
 */
export function movedColumns(review: ModelReview | null): ReadonlySet<ColumnDrift> {
  const { schema = null, drift = null } = review ?? {};
  if (drift === null || drift.reference !== undefined) return new Set();
  const names = new Set(schema?.moved?.flatMap(({ from, to }) => [from, to]));
  const own = drift.columns.filter(({ column, role }) => role !== "prediction" && names.has(column));
  const target = own.some(({ role }) => role === "target");
  const moved = target ? [...own, ...drift.columns.filter(({ role }) => role === "prediction")] : own;
  return new Set(moved.filter(({ answer }) => answer === "drifted" || answer === "not-comparable"));
}
