import type { MetricComparison, MetricVerdict } from "./comparison.ts";

/** What the rule looks at. */
export type Judged = Pick<
  MetricComparison,
  | "direction"
  | "difference"
  | "interval"
  | "test"
  | "p"
  | "adjustedP"
  | "q"
  | "tolerance"
  | "gated"
  | "smallestDetectable"
  | "caution"
  | "seedNoise"
  | "reason"
>;

/** What is exactly the tolerance is within it, whatever the last digits say. */
const rounding = 1e-9;

/**
 * The verdict on one metric. A difference is *significant* when its interval excludes zero **and** its p-value, after the
 * Holm correction when the metric is gated, or as Benjamini–Hochberg q when it is not, is below 1 − level **and** it is at
 * least as large as `leastVisible`. Then, in this order:
 *
 * 1. `incomparable`: a side has no value, or there is no interval.
 * 2. `no-detectable-change`: the difference is significant, but refits that differ in nothing but their seed are as far
 *    apart. The rows tell the two models apart, but not the two experiments.
 * 3. `regressed`: significantly worse, by more than the tolerance.
 * 4. `improved`: significantly better. The tolerance is what may be lost, so a gain need not exceed it.
 * 5. `no-detectable-change`: the predictions give the same value whatever the draw (standard error 0), or the
 *    worsening is significant but within the tolerance, and there is no caution against the size of it.
 * 6. `underpowered`: a worsening of the tolerance's size would probably (at 80 % power) have gone unseen. With a
 *    tolerance of zero no hold-out is large enough, so the answer would always be this one and is never given.
 * 7. `no-detectable-change`.
 *
 * A worsening of a gated metric beyond its tolerance that is not significant is never silent: `reason` says it.
 */
export function decideVerdict(
  judged: Judged,
  level: number,
  leastVisible = 0,
): { verdict: MetricVerdict; reason: string | null } {
  const { difference, interval, tolerance, smallestDetectable, direction } = judged;
  if (difference === null || interval === null) return { verdict: "incomparable", reason: judged.reason };
  const gain = direction === "higher" ? difference : -difference;
  const p = judged.adjustedP ?? judged.q ?? judged.p;
  const excludesZero = interval.low > 0 || interval.high < 0;
  const visible = Math.abs(difference) >= leastVisible * (1 - rounding);
  const significant = excludesZero && p !== null && p < 1 - level && visible;
  const beyond = gain < -tolerance * (1 + rounding);
  const { seedNoise = 0 } = judged;
  if (significant && (beyond || gain > 0) && Math.abs(difference) <= seedNoise) {
    const reason = `${gain < 0 ? "worse" : "better"} by ${size(difference)}, but refits that differ in their seed only are up to ${size(seedNoise)} apart`;
    return { verdict: "no-detectable-change", reason };
  }
  if (significant && beyond) return { verdict: "regressed", reason: judged.reason };
  if (significant && gain > 0) return { verdict: "improved", reason: judged.reason };
  const blind = tolerance > 0 && (smallestDetectable === null || smallestDetectable > tolerance * (1 + rounding));
  if (significant && !(blind && judged.caution !== undefined)) {
    return {
      verdict: "no-detectable-change",
      reason: `worse by ${size(difference)}, which the tolerance of ${size(tolerance)} allows`,
    };
  }
  if (difference === 0 && interval.low === 0 && interval.high === 0 && judged.caution === undefined) {
    return { verdict: "no-detectable-change", reason: judged.reason };
  }
  const verdict = blind ? "underpowered" : "no-detectable-change";
  if (!(beyond && judged.gated)) return { verdict, reason: judged.reason };
  return { verdict, reason: notSignificant(judged, excludesZero, p, level) };
}

function notSignificant(
  { difference, tolerance, test, adjustedP }: Judged,
  excludesZero: boolean,
  p: number | null,
  level: number,
): string {
  const limit = tolerance > 0 ? `, beyond the tolerance of ${size(tolerance)}` : "";
  const corrected = adjustedP === null ? "" : " after the correction for several metrics";
  const why = excludesZero
    ? `p is ${p === null ? "unknown" : size(p)}${corrected} (${test})`
    : `the ${Number((level * 100).toFixed(1))} % interval contains zero`;
  return `worse by ${size(difference!)}${limit}, but not told from chance: ${why}`;
}

function size(value: number): string {
  const amount = Math.abs(value);
  return amount === 0 ? "0" : String(Number(amount.toPrecision(2)));
}
