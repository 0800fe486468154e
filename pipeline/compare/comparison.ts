import { z } from "zod";
import { intervalSchema } from "../interval.ts";
import { rowSetSchema } from "../match/row-set.ts";
import { reliabilityBinSchema } from "../metrics/reliability-curve.ts";

const count = z.int().nonnegative();
const numberOrNull = z.number().nullable();
const direction = z.enum(["higher", "lower"]);

const metricVerdictSchema = z.enum(["improved", "regressed", "no-detectable-change", "underpowered", "incomparable"]);
export type MetricVerdict = z.infer<typeof metricVerdictSchema>;

/** Why an interval may be too narrow although it was computed as well as can be: what decides is too little. */
const cautionSchema = z
  .discriminatedUnion("kind", [
    /** So many of the rows, or of their groups, make this share of the difference's variance. */
    z.object({ kind: z.literal("few-rows"), unit: z.enum(["row", "group"]), count, of: count, share: z.number() }),
    z.object({ kind: z.literal("few-groups"), groups: count }),
    /** Groups of so different sizes that they tell no more than this many of one size would. */
    z.object({ kind: z.literal("uneven-groups"), groups: count, alike: count }),
    /** Some class has its rows in groups that tell no more than this many of one size would. */
    z.object({ kind: z.literal("class-in-few-groups"), alike: count }),
    /** Rows of the rarest class. */
    z.object({ kind: z.literal("rare-class"), rows: count }),
    /** Rows to which the models give different classes. */
    z.object({ kind: z.literal("few-disagreements"), rows: count }),
    /** The values of both sides are too large on so few rows. */
    z.object({ kind: z.literal("biased"), rows: count }),
  ])
  .meta({ id: "Caution" });
export type Caution = z.infer<typeof cautionSchema>;

/** One metric of the base model against the head model on the same rows. */
export const metricComparisonSchema = z
  .object({
    metric: z.string(),
    title: z.string(),
    direction,
    base: numberOrNull,
    head: numberOrNull,
    /** head − base in the metric's own unit; null when a side has no value. */
    difference: numberOrNull,
    /** Confidence interval of `difference`. */
    interval: intervalSchema.nullable(),
    /** The test that decided: `studentized bootstrap`, `paired bootstrap`, `DeLong`, `exact McNemar`, `paired permutation`; of groups. */
    test: z.string(),
    /** Two-sided p-value of that test, and after the Holm correction over the gated metrics. */
    p: numberOrNull,
    adjustedP: numberOrNull,
    /** Benjamini–Hochberg q over the metrics that are not gated; absent when the metric is gated or has no p. */
    q: z.number().exactOptional(),
    /** Largest worsening that is accepted; zero when the policy names none. */
    tolerance: z.number(),
    /** True when the policy names this metric, so that a regression blocks. */
    gated: z.boolean(),
    /** Smallest difference this hold-out would have shown with 80 % power; null when it cannot be estimated. */
    smallestDetectable: numberOrNull,
    /** Why the interval may be too narrow; absent when nothing speaks against it. */
    caution: cautionSchema.exactOptional(),
    /** How far apart refits are that differ in nothing but their seed; absent when nobody refitted. */
    seedNoise: z.number().exactOptional(),
    verdict: metricVerdictSchema,
    /** Why there is no value or no comparison. */
    reason: z.string().nullable(),
  })
  .meta({ id: "MetricComparison" });
export type MetricComparison = z.infer<typeof metricComparisonSchema>;

export const sliceSchema = z.object({ column: z.string(), value: z.string() }).meta({ id: "Slice" });
export type Slice = z.infer<typeof sliceSchema>;

const sliceComparisonSchema = z.object({
  slice: sliceSchema,
  /** Common hold-out rows in the slice. */
  rows: count,
  metrics: z.array(metricComparisonSchema),
});
export type SliceComparison = z.infer<typeof sliceComparisonSchema>;

/** A slice nobody asked for, in which the head is worse: found on one half of the rows, measured on the other. */
const discoveredSliceSchema = z.object({
  /** One or two conditions that hold together. */
  conditions: z.array(sliceSchema),
  /** Common hold-out rows in the slice, and those of them on which it was measured. */
  rows: count,
  measuredOn: count,
  /** Brier score, or mean absolute error for regression; corrected over all slices that were measured. */
  metric: metricComparisonSchema,
});
export type DiscoveredSlice = z.infer<typeof discoveredSliceSchema>;

const sliceDiscoverySchema = z.object({
  /** At most three, the worst first; empty when no slice is worse beyond chance. */
  slices: z.array(discoveredSliceSchema),
  /** How many slices were looked at while searching, and how many of them were measured. */
  searched: count,
  measured: count,
  /** Why there was no search, or what it left out; null when there is nothing to say. */
  reason: z.string().nullable(),
});
export type SliceDiscovery = z.infer<typeof sliceDiscoverySchema>;

/** One cause's part of a metric's change. */
const attributedPartSchema = z
  .object({ difference: z.number(), interval: intervalSchema.nullable() })
  .meta({ id: "AttributedPart" });
export type AttributedPart = z.infer<typeof attributedPartSchema>;

const attributedMetricSchema = z.object({
  metric: z.string(),
  title: z.string(),
  direction,
  /** head − base; the two parts add up to it. Null when a combination has no value. */
  total: numberOrNull,
  data: attributedPartSchema.nullable(),
  experiment: attributedPartSchema.nullable(),
  /** What both changes do together beyond the sum of each alone; half of it is in each part. */
  interaction: numberOrNull,
  reason: z.string().nullable(),
});
export type AttributedMetric = z.infer<typeof attributedMetricSchema>;

/** How much of the change came from the data and how much from the experiment. */
const attributionSchema = z.object({
  /** Hold-out rows that all four combinations of data and experiment share. */
  rows: count,
  /** Why nothing could be attributed; null when it could. */
  reason: z.string().nullable(),
  metrics: z.array(attributedMetricSchema),
});
export type Attribution = z.infer<typeof attributionSchema>;

/** Error rates of both models on some rows of the base's hold-out and on the others: of classes, the share that is wrong; of numbers, the mean absolute error. */
const chosenRowsSchema = z
  .object({
    rows: count,
    of: count,
    base: z.object({ chosen: z.number(), others: z.number() }),
    /** Null where the head's model has no answer to them. */
    head: z.object({ chosen: z.number(), others: z.number() }).nullable(),
    /** Mann–Whitney test of whether the models differ there as elsewhere; null when there is none. */
    p: numberOrNull,
    beyondChance: z.boolean(),
  })
  .meta({ id: "ChosenRows" });
export type ChosenRows = z.infer<typeof chosenRowsSchema>;

const whichRows = z.object({
  count,
  /** Null where they are all rows. */
  judged: chosenRowsSchema.nullable(),
  /** By name: of the base when they are gone, of the head when it has them with another target. */
  rows: rowSetSchema.exactOptional(),
});

/** What became of rows that the base holds out. */
const changedRowsSchema = z
  .object({
    /** In the base's data and not in the head's. */
    gone: whichRows.exactOptional(),
    /** In both with another target. */
    relabelled: whichRows.exactOptional(),
    /** Of those gone, so many the head's model has no answer to, because it learned from columns that the base does not have. */
    unanswered: z
      .object({
        count,
        /** More than 1 % of the hold-out, or rows that are not like the others: without them nobody knows the answer. */
        decides: z.boolean(),
      })
      .exactOptional(),
  })
  .meta({ id: "ChangedRows" });
export type ChangedRows = z.infer<typeof changedRowsSchema>;

export const comparisonSchema = z
  .object({
    status: z.enum(["compared", "incomparable"]),
    /** Why the sides could not be compared, or what was done to compare them on a common yardstick. */
    reasons: z.array(z.string()),
    holdout: z.object({
      base: count,
      head: count,
      /** Rows on which both are judged. */
      common: count,
      /** SHA-256 of the base's hold-out keys: names the hold-out, so that its uses can be counted. */
      digest: z.string().exactOptional(),
      changed: changedRowsSchema.exactOptional(),
    }),
    level: z.number(),
    metrics: z.array(metricComparisonSchema),
    slices: z.array(sliceComparisonSchema),
    /** The same on the rows that the head has with the base's label; absent where these are all. */
    kept: z
      .object({ rows: count, metrics: z.array(metricComparisonSchema), slices: z.array(sliceComparisonSchema) })
      .exactOptional(),
    discovery: sliceDiscoverySchema.exactOptional(),
    /** Reliability curves on the common rows, base against head; classification only. */
    calibration: z.object({ base: z.array(reliabilityBinSchema), head: z.array(reliabilityBinSchema) }).exactOptional(),
    /** Present when data and experiment both changed and were cross-evaluated. */
    attribution: attributionSchema.exactOptional(),
  })
  .meta({ id: "Comparison" });
export type Comparison = z.infer<typeof comparisonSchema>;
