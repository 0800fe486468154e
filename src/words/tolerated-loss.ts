import type { MetricComparison } from "../../pipeline/compare/comparison.ts";

/** A difference by exactly the tolerance is within it, whatever the last place says. */
export const rounding = 1e-9;

/** The difference as a gain: above zero is better, whatever the metric's direction. */
export function gainOf({ direction, difference }: Pick<MetricComparison, "direction" | "difference">): number {
  return (direction === "higher" ? 1 : -1) * (difference ?? 0);
}

export function excludesZero({ interval }: Pick<MetricComparison, "interval">): boolean {
  return interval !== null && (interval.low > 0 || interval.high < 0);
}

/** Beyond doubt worse, but by no more than the policy minds. */
export function isTolerated(compared: MetricComparison): boolean {
  const gain = gainOf(compared);
  return compared.tolerance > 0 && excludesZero(compared) && gain < 0 && gain >= -compared.tolerance * (1 + rounding);
}

/** Refits that differ in nothing but their seed lie as far apart. */
export function isSeedNoise({ seedNoise, difference, interval, p, adjustedP }: MetricComparison): boolean {
  if (seedNoise === undefined || difference === null || interval === null) return false;
  const decides = adjustedP ?? p;
  return decides !== null && decides < 1 - interval.level && Math.abs(difference) <= seedNoise;
}

/** A gated metric that passes although it is worse: every one is told, because many small losses are a large one. */
export function isToleratedLoss(compared: MetricComparison): boolean {
  const { gated, verdict } = compared;
  return gated && verdict === "no-detectable-change" && isTolerated(compared) && !isSeedNoise(compared);
}
