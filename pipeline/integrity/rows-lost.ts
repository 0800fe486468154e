import type { Match } from "../match/match.ts";
import { rowsWithout } from "../match/rows-without.ts";
import { formatCount, percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** Reported from here on, so that a threshold can be set above it. */
const leastLoss = 0.01;

/** Whether the head's data has fewer rows than the base's. `value` is the share of the base's rows by which it is less. */
export function rowsLost(head: ExaminedSide, base: ExaminedSide, { rows, refusal }: Match): Measured[] {
  const [before, after] = [base.table.rowCount, head.table.rowCount];
  const lost = before - after;
  if (before === 0 || lost < leastLoss * before || lost <= 0) return [];
  const share = lost / before;
  return [
    {
      kind: "rows-lost",
      column: null,
      value: share,
      evidence: { base: before, head: after, lost, share },
      description: `${formatCount(before)} rows → ${formatCount(after)} (${percent(share)} fewer)`,
      ...(refusal === null ? { rows: { of: base, numbers: rowsWithout(before, rows.base) } } : {}),
    },
  ];
}
