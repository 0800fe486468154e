import { percent } from "../drift/describe-drift.ts";
import { twoProportionZ } from "../stats/two-proportion-z.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";

/** Reported from here on, so that a threshold can be set above it. */
const leastIncrease = 0.01;
/** Thousands of columns are asked: chance must be very unlikely. */
const level = 0.001;

/**
 * Features, and the target, with a larger share of missing cells than in the base. `value` is the increase.
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
    const reference = { successes: before.missing, trials: base.table.rowCount };
    const test = twoProportionZ(reference, { successes: after.missing, trials: head.table.rowCount }).value;
    if (test === null || test.difference < leastIncrease || test.pValue >= level) return [];
    const [from, to] = [before.missing / base.table.rowCount, after.missing / head.table.rowCount];
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
