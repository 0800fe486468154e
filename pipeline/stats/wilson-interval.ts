import { normalQuantile } from "./normal-distribution.ts";
import { defined, levelProblem, type Statistic, undefinedBecause } from "./statistic.ts";
import { type Proportion, proportionProblem } from "./two-proportion-z.ts";

/**
 * Wilson's score interval of a proportion (1927): inside [0, 1] and sensible at 0 and n successes.
 * Equals `statsmodels.stats.proportion.proportion_confint(method="wilson")`. Cost: constant.
 * Undefined without trials, with successes outside [0, trials], or with a level outside (0, 1).
 *
 * @example wilsonInterval({ successes: 0, trials: 10 }).value; // { low: 0, high: 0.2775…, level: 0.95 }
 */
export function wilsonInterval(
  proportion: Proportion,
  level = 0.95,
): Statistic<{ readonly low: number; readonly high: number; readonly level: number }> {
  const problem = levelProblem(level) ?? proportionProblem(proportion, "the sample");
  if (problem !== null) return undefinedBecause(problem);
  const { successes, trials } = proportion;
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const center = (successes + z2 / 2) / (trials + z2);
  const reach = Math.sqrt(z2 * ((successes * (trials - successes)) / trials + z2 / 4)) / (trials + z2);
  return defined({
    low: successes === 0 ? 0 : Math.max(0, center - reach),
    high: successes === trials ? 1 : Math.min(1, center + reach),
    level,
  });
}
