import type { ReliabilityBin } from "../metrics/reliability-curve.ts";

export type MetricVerdict = "improved" | "regressed" | "no-detectable-change" | "underpowered" | "incomparable";

/** Why an interval may be too narrow although it was computed as well as can be: what decides is too little. */
export type Caution =
  /** So many of the rows, or of their groups, make this share of the difference's variance. */
  | { kind: "few-rows"; unit: "row" | "group"; count: number; of: number; share: number }
  | { kind: "few-groups"; groups: number }
  /** Groups of so different sizes that they tell no more than this many of one size would. */
  | { kind: "uneven-groups"; groups: number; alike: number }
  /** Some class has its rows in groups that tell no more than this many of one size would. */
  | { kind: "class-in-few-groups"; alike: number }
  /** Rows of the rarest class. */
  | { kind: "rare-class"; rows: number }
  /** Rows to which the models give different classes. */
  | { kind: "few-disagreements"; rows: number }
  /** The values of both sides are too large on so few rows. */
  | { kind: "biased"; rows: number };

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
  /** The test that decided: `studentized bootstrap`, `paired bootstrap`, `DeLong`, `exact McNemar`, `paired permutation`; of groups. */
  test: string;
  /** Two-sided p-value of that test, and after the Holm correction over the gated metrics. */
  p: number | null;
  adjustedP: number | null;
  /** Benjamini–Hochberg q over the metrics that are not gated; absent when the metric is gated or has no p. */
  q?: number;
  /** Largest worsening that is accepted; zero when the policy names none. */
  tolerance: number;
  /** True when the policy names this metric, so that a regression blocks. */
  gated: boolean;
  /** Smallest difference this hold-out would have shown with 80 % power; null when it cannot be estimated. */
  smallestDetectable: number | null;
  /** Why the interval may be too narrow; absent when nothing speaks against it. */
  caution?: Caution;
  /** How far apart refits are that differ in nothing but their seed; absent when nobody refitted. */
  seedNoise?: number;
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

/** A slice nobody asked for, in which the head is worse: found on one half of the rows, measured on the other. */
export interface DiscoveredSlice {
  /** One or two conditions that hold together. */
  conditions: Slice[];
  /** Common hold-out rows in the slice, and those of them on which it was measured. */
  rows: number;
  measuredOn: number;
  /** Brier score, or mean absolute error for regression; corrected over all slices that were measured. */
  metric: MetricComparison;
}

export interface SliceDiscovery {
  /** At most three, the worst first; empty when no slice is worse beyond chance. */
  slices: DiscoveredSlice[];
  /** How many slices were looked at while searching, and how many of them were measured. */
  searched: number;
  measured: number;
  /** Why there was no search, or what it left out; null when there is nothing to say. */
  reason: string | null;
}

/** One cause's part of a metric's change. */
export interface AttributedPart {
  difference: number;
  interval: { low: number; high: number; level: number } | null;
}

export interface AttributedMetric {
  metric: string;
  title: string;
  direction: "higher" | "lower";
  /** head − base; the two parts add up to it. Null when a combination has no value. */
  total: number | null;
  data: AttributedPart | null;
  experiment: AttributedPart | null;
  /** What both changes do together beyond the sum of each alone; half of it is in each part. */
  interaction: number | null;
  reason: string | null;
}

/** How much of the change came from the data and how much from the experiment. */
export interface Attribution {
  /** Hold-out rows that all four combinations of data and experiment share. */
  rows: number;
  /** Why nothing could be attributed; null when it could. */
  reason: string | null;
  metrics: AttributedMetric[];
}

export interface Comparison {
  status: "compared" | "incomparable";
  /** Why the sides could not be compared, or what was done to compare them on a common yardstick. */
  reasons: string[];
  holdout: {
    base: number;
    head: number;
    common: number;
    /** SHA-256 of the base's hold-out keys: names the hold-out, so that its uses can be counted. */
    digest?: string;
    /** The base's rows that are not among the common ones are harder than these: an improvement may be their absence. */
    lostHarder?: boolean;
  };
  level: number;
  metrics: MetricComparison[];
  slices: SliceComparison[];
  /** Reliability curves on the common rows, base against head; classification only. */
  calibration?: { base: ReliabilityBin[]; head: ReliabilityBin[] };
  discovery?: SliceDiscovery;
  /** Present when data and experiment both changed and were cross-evaluated. */
  attribution?: Attribution;
}
