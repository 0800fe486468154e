export type MetricVerdict = "improved" | "regressed" | "no-detectable-change" | "underpowered" | "incomparable";

/** One metric of the base model against the head model on the same rows. */
export interface MetricComparison {
  metric: string;
  title: string;
  direction: "higher" | "lower";
  base: number | null;
  head: number | null;
  /** head − base in the metric's own unit; null when a side has no value. */
  difference: number | null;
  /** Confidence interval of `difference`. */
  interval: { low: number; high: number; level: number } | null;
  /** The test that decided, for example `paired bootstrap (BCa)`, `DeLong`, `exact McNemar`. */
  test: string;
  /** Two-sided p-value of that test, and after the Holm correction over the gated metrics. */
  p: number | null;
  adjustedP: number | null;
  /** Largest worsening that is accepted; zero when the policy names none. */
  tolerance: number;
  /** True when the policy names this metric, so that a regression blocks. */
  gated: boolean;
  /** Smallest difference this hold-out would have shown with 80 % power; null when it cannot be estimated. */
  smallestDetectable: number | null;
  verdict: MetricVerdict;
  /** Why there is no value or no comparison. */
  reason: string | null;
}

export interface Slice {
  column: string;
  value: string;
}

export interface SliceComparison {
  slice: Slice;
  /** Common hold-out rows in the slice. */
  rows: number;
  metrics: MetricComparison[];
}

export interface Comparison {
  status: "compared" | "incomparable";
  /** Why the sides could not be compared, or what was done to compare them on a common yardstick. */
  reasons: string[];
  holdout: { base: number; head: number; common: number };
  level: number;
  metrics: MetricComparison[];
  slices: SliceComparison[];
}
