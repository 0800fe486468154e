import type { Metric, MetricValue } from "../metrics/metric.ts";
import type { Caution } from "./comparison.ts";

/** What the rows say about one metric, before any rule judges it. */
export interface Evidence {
  metric: Metric;
  base: MetricValue;
  head: MetricValue;
  /** head − base; null when a side has no value. */
  difference: number | null;
  interval: { low: number; high: number; level: number } | null;
  /** The test that gave `p`. */
  test: string;
  p: number | null;
  standardError: number | null;
  /** Why the interval may be too narrow; null when nothing speaks against it. */
  caution: Caution | null;
  /** Why there is no interval although both sides have a value. */
  reason: string | null;
}

/** Of a metric for which there is no test. */
export const untested = { interval: null, test: "none", p: null, standardError: null, caution: null };

export interface MeasureOptions {
  level: number;
  resamples: number;
  seed: number;
}

/** One metric of both sides, before it is tested. */
export type Values = Pick<Evidence, "metric" | "base" | "head">;

/** Trained again on the same values in another unit or order, a model answers the same but for the tenth digit. */
const rounding = 1e-9;

/** A difference of the metric smaller than this is rounding of its values: of errors in the target's unit that share of them. */
export function roundingOf(metric: Metric, ...values: readonly (number | null)[]): number {
  return rounding * (isInTargetUnit(metric) ? Math.max(...values.map((value) => Math.abs(value ?? 0))) : 1);
}

/** Errors of numbers are as large as the target's unit makes them, so a difference of them counts as a share of their values. */
export function isInTargetUnit({ tasks, direction }: Metric): boolean {
  return tasks.includes("regression") && direction === "lower";
}

/** The evidence without what is only rounding; a difference that is nothing else was never one. */
export function withoutRounding(evidence: Evidence): Evidence {
  const { metric, base, head, difference, interval } = evidence;
  const least = roundingOf(metric, base.value, head.value);
  const clean = (value: number) => (Math.abs(value) < least ? 0 : value);
  if (difference === null) return evidence;
  if (interval === null) return { ...evidence, difference: clean(difference) };
  const [middle, low, high] = [clean(difference), clean(interval.low), clean(interval.high)];
  const none = [middle, low, high].every((value) => value === 0);
  const cleaned = { ...evidence, difference: middle, interval: { ...interval, low, high } };
  return none ? { ...cleaned, p: 1, standardError: 0 } : cleaned;
}
