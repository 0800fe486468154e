import { normalQuantile } from "./normal-distribution.ts";
import { defined, levelProblem, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * The smallest true difference that a two-sided test at this level would detect with this power:
 * (z₁₋α/₂ + z_power) · standard error, under a normal approximation (Bloom 1995). Cost: constant.
 * A standard error of 0 gives 0. Undefined for a negative or non-finite standard error, or a level or power outside (0, 1).
 *
 * @example minimumDetectableEffect(0.01); // { value: 0.028015852… }
 */
export function minimumDetectableEffect(
  standardError: number,
  { level = 0.95, power = 0.8 }: { readonly level?: number; readonly power?: number } = {},
): Statistic {
  const problem = levelProblem(level);
  if (problem !== null) return undefinedBecause(problem);
  if (!(power > 0 && power < 1)) return undefinedBecause(`the power must lie between 0 and 1, not ${power}`);
  const effect = Math.max(0, normalQuantile((1 + level) / 2) + normalQuantile(power)) * standardError;
  if (!(standardError >= 0 && effect < Number.POSITIVE_INFINITY)) {
    return undefinedBecause(`the standard error is ${standardError}`);
  }
  return defined(effect);
}
