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

export interface MeasureOptions {
  level: number;
  resamples: number;
  seed: number;
}

/** One metric of both sides, before it is tested. */
export type Values = Pick<Evidence, "metric" | "base" | "head">;

/** A difference smaller than this is rounding of the two values, not a difference. */
export const rounding = 1e-12;

export function withoutRounding(value: number): number {
  return Math.abs(value) < rounding ? 0 : value;
}
