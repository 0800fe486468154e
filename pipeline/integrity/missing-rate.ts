import { twoProportionZ } from "../stats/two-proportion-z.ts";
import { percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { isMarkerText } from "./marker-values.ts";

/** Reported from here on, so that a threshold can be set above it. */
const leastIncrease = 0.01;
/** Thousands of columns are asked: chance must be very unlikely. */
const level = 0.001;

/**
 * Features, and the target, with a larger share of missing cells than in the base. `value` is the increase. Cells of the base
 * with a text that stands for a missing value count as missing: declaring `?`, or writing `NaN` in its place, loses nothing.
 *
 * @param baseName what the base calls a column, or null
 */
export function missingRates(
  head: ExaminedSide,
  base: ExaminedSide,
  baseName: (name: string) => string | null,
): Measured[] {
  return [...head.features.map(({ name }) => name), head.target].flatMap((column) => {
    const after = head.profiles.get(column);
    const before = base.profiles.get(baseName(column) ?? "");
    if (after === undefined || before === undefined) return [];
    const missing = before.missing + markedCells(base, before.name);
    const reference = { successes: missing, trials: base.table.rowCount };
    const test = twoProportionZ(reference, { successes: after.missing, trials: head.table.rowCount }).value;
    if (test === null || test.difference < leastIncrease || test.pValue >= level) return [];
    const [from, to] = [missing / base.table.rowCount, after.missing / head.table.rowCount];
    return [
      {
        kind: "missing-rate" as const,
        column,
        value: test.difference,
        evidence: { base: from, head: to, increase: test.difference, missing: after.missing },
        description: `missing ${percent(from)} → ${percent(to)}`,
      },
    ];
  });
}

function markedCells({ table }: ExaminedSide, name: string): number {
  const column = table.columns.find((one) => one.name === name);
  if (column?.type !== "categorical") return 0;
  const marked = column.categories.map((text) => isMarkerText(text) === "surely");
  return marked.includes(true) ? column.codes.reduce((sum, code) => (marked[code] ? sum + 1 : sum), 0) : 0;
}
