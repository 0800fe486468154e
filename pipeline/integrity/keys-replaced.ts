import { percent } from "../drift/describe-drift.ts";
import { formatCount } from "../format-count.ts";
import { compareKeys } from "../match/compare-keys.ts";
import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";

/**
 * Whether the key names other rows than in the base, or the same ones by other spellings, so that no row of one side can
 * be found on the other. `value` is the share of the values that are not on both sides, of the side with fewer.
 *
 * @param baseColumn the base's column that the head calls so, or null
 */
export function keysReplaced(
  head: ExaminedSide,
  base: ExaminedSide,
  baseColumn: (name: string) => Column | null,
): Measured[] {
  if (head.key === null || base.key === null) return [];
  const after = head.table.columns.find(({ name }) => name === head.key);
  const before = baseColumn(head.key);
  if (after === undefined || before?.name !== base.key) return [];
  const found = compareKeys(before, after);
  if (found === null) return [];
  const { base: values, head: now, common, spelling } = found;
  const gone = common === 0 ? "none" : percent(common / values);
  return [
    {
      kind: "keys-replaced",
      column: head.key,
      value: 1 - common / Math.min(values, now),
      evidence: { base: values, head: now, common, ...(spelling === null ? {} : { spelling }) },
      description: `${gone} of the base's ${formatCount(values)} values ${common === 0 ? "is" : "are"} in the head${spelling === null ? "" : `: ${spelling}`}`,
    },
  ];
}
