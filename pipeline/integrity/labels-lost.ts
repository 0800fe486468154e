import type { Match } from "../match/match.ts";
import { formatCount, percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** As few lost labels as these, in less than this share of the base's labels, may be a correction. */
const mostRows = 2;
const mostShare = 0.005;

/**
 * Rows that have a label in the base and none in the head. They are dropped from training and hold-out, so no other
 * number shows them: rows that were added without a label lost none, and neither did those of another sample. Reported
 * from three rows on, or from more than 0.5 % of the base's labels. `value` is that share. Cost: O(rows).
 */
export function labelsLost(head: ExaminedSide, base: ExaminedSide, { relabelled }: Match): Measured[] {
  const labelled = Array.from(base.labels.keys()).filter((row) => hasLabel(base, row)).length;
  const numbers = relabelled.head.filter((row, at) => hasLabel(base, relabelled.base[at]!) && !hasLabel(head, row));
  const lost = numbers.length;
  const share = labelled === 0 ? 0 : lost / labelled;
  if (lost <= mostRows && share <= mostShare) return [];
  const many = lost === 1 ? "1 row" : `${formatCount(lost)} rows`;
  return [
    {
      kind: "labels-lost",
      column: head.target,
      value: share,
      evidence: { rows: lost, share },
      description: `${many} with a label in the base (${percent(share)}) ${lost === 1 ? "has" : "have"} none in the head`,
      rows: { of: head, numbers },
    },
  ];
}

function hasLabel({ task, labels }: ExaminedSide, row: number): boolean {
  return task === "regression" ? !Number.isNaN(labels[row]) : labels[row]! >= 0;
}
