import type { RowPairs } from "../match/row-pairs.ts";
import type { Run } from "../run.ts";
import { formatCount } from "../words.ts";

type Labels = Pick<Run, "task" | "classes" | "holdout">;

/**
 * What became of the labels of the rows that both sides hold out; null when none changed, and for values, of which every
 * one may have changed into another. Classes are compared by name.
 *
 * @example // The label of 3 of the 40 rows that both sides hold out changed: "no" became "yes" in 3.
 */
export function describeRelabeling(base: Labels, head: Labels, pairs: RowPairs): string | null {
  if (base.task === "regression" || head.task === "regression") return null;
  const counts = new Map<string, number>();
  let changed = 0;
  for (const [at, position] of pairs.base.entries()) {
    const before = base.classes[base.holdout.actual[position]!];
    const after = head.classes[head.holdout.actual[pairs.head[at]!]!];
    if (before === after) continue;
    changed++;
    const change = `"${before}" became "${after}"`;
    counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  if (changed === 0) return null;
  const most = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([what, n]) => `${what} in ${formatCount(n)}`);
  const more = most.length > 3 ? `, and ${formatCount(most.length - 3)} other changes` : "";
  const shown = most.slice(0, 3).join(", ");
  return `The label of ${formatCount(changed)} of the ${formatCount(pairs.base.length)} rows that both sides hold out changed: ${shown}${more}.`;
}
