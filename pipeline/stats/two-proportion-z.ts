import { normalTwoSided } from "./normal-distribution.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

export interface TwoProportionZ {
  /** current share − reference share */
  readonly difference: number;
  readonly z: number;
  readonly pValue: number;
}

/** Successes out of trials on one side. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/**
 * Two-proportion z test with the pooled variance, two-sided; z² is the uncorrected χ² of the same 2 × 2 table.
 * When both shares are 0 or both are 1 nothing differs: z 0, p 1. Cost: constant.
 * Undefined when a side has no trials or its successes do not lie in [0, trials].
 *
 * @example
 * twoProportionZ({ successes: 30, trials: 50 }, { successes: 50, trials: 100 }).value;
 * // { difference: -0.1, z: -1.1572751…, pValue: 0.2471638… }
 */
export function twoProportionZ(reference: Proportion, current: Proportion): Statistic<TwoProportionZ> {
  const problem = proportionProblem(reference, "the reference") ?? proportionProblem(current, "the current side");
  if (problem !== null) return undefinedBecause(problem);
  const difference = current.successes / current.trials - reference.successes / reference.trials;
  const pooled = (reference.successes + current.successes) / (reference.trials + current.trials);
  const variance = pooled * (1 - pooled) * (1 / reference.trials + 1 / current.trials);
  if (variance <= 0) return defined({ difference: 0, z: 0, pValue: 1 });
  const z = difference / Math.sqrt(variance);
  return defined({ difference, z, pValue: normalTwoSided(z) });
}

/** A reason when the counts do not describe a proportion, otherwise null. */
function proportionProblem({ successes, trials }: Proportion, side: string): string | null {
  if (!(trials > 0 && trials < Number.POSITIVE_INFINITY)) return `${side} has no trials`;
  if (!(successes >= 0 && successes <= trials)) return `${side} has ${successes} successes in ${trials} trials`;
  return null;
}
