import type { CompareOptions } from "../../pipeline/compare/compare-runs.ts";
import { createRandom } from "../../pipeline/stats/random.ts";
import type { HoldoutRow } from "./runs.ts";

/** Options that gate nothing and slice nothing, with few resamples. */
export const options = (given: Partial<CompareOptions> = {}): CompareOptions => ({
  metrics: {},
  level: 0.95,
  sliceColumns: [],
  slices: [],
  headColumn: () => null,
  seed: 1,
  resamples: 400,
  ...given,
});

/** Rows whose probability of "yes" follows the truth with this much noise. */
export function binaryRows(count: number, noise: number, seed = "noise"): HoldoutRow[] {
  const truth = createRandom("truth");
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const signal = truth.normal();
    const actual = truth.uniform() < 1 / (1 + Math.exp(-2 * signal)) ? "yes" : "no";
    const says = 1 / (1 + Math.exp(-2 * (signal + noise * random.normal())));
    return { key: `k${String(i).padStart(5, "0")}`, actual, says: [1 - says, says] };
  });
}
