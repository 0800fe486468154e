import type { Comparison } from "../../pipeline/compare/comparison.ts";
import { largestFirst } from "../words/loss-size.ts";
import { nameSlice } from "../words/name-slice.ts";

export interface WorstSlice {
  slice: string;
  metric: string;
  difference: number;
  /** The common hold-out rows in it that the difference is about. */
  rows: number;
  /** Nobody named it: the search found it. */
  found: boolean;
}

/**
 * The slice with the largest of the proven losses: among the named ones by the gated metrics, then by any metric, then among those
 * that the search found. Null when none lost anything.
 */
export function worstSlice(comparison: Comparison | null): WorstSlice | null {
  const named = (comparison?.slices ?? []).flatMap(({ slice, rows, metrics }) =>
    metrics.map((one) => ({ slice: nameSlice([slice]), rows, one, found: false })),
  );
  const found = (comparison?.discovery?.slices ?? []).map(({ conditions, measuredOn, metric }) => ({
    slice: nameSlice(conditions),
    rows: measuredOn,
    one: metric,
    found: true,
  }));
  const [worst] = [...named, ...found]
    .filter(({ one }) => one.verdict === "regressed" && one.difference !== null)
    .toSorted(
      (a, b) =>
        Number(b.one.gated) - Number(a.one.gated) || Number(a.found) - Number(b.found) || largestFirst(a.one, b.one),
    );
  if (worst === undefined) return null;
  const { slice, rows, one, found: wasFound } = worst;
  return { slice, metric: one.title, difference: one.difference!, rows, found: wasFound };
}
