import { z } from "zod";
import { intervalSchema } from "../interval.ts";
import { columnTypeSchema } from "../table/profile.ts";

const driftAnswerSchema = z.enum(["drifted", "stable", "not-enough-data", "not-comparable"]);
export type DriftAnswer = z.infer<typeof driftAnswerSchema>;

const bothSides = z.object({ base: z.number(), head: z.number() });

const columnDriftSchema = z
  .object({
    column: z.string(),
    type: columnTypeSchema,
    role: z.enum(["feature", "target", "prediction"]),
    answer: driftAnswerSchema,
    /** The statistic that decides and its threshold; the effect is never negative, larger is more drift. */
    statistic: z.string(),
    effect: z.number().nullable(),
    threshold: z.number(),
    /** p-value of the accompanying test, and its Benjamini–Hochberg q over the columns. */
    test: z.string(),
    p: z.number().nullable(),
    q: z.number().nullable(),
    /** Every statistic that was computed, by name (ks, psi, wasserstein, jensen-shannon, chi2 …). */
    statistics: z.record(z.string(), z.number().nullable()),
    rows: bothSides,
    missing: bothSides,
    /** One sentence for the reader, for example "mean 38.6 → 45.1". May contain data text: escape it. */
    description: z.string(),
  })
  .meta({ id: "ColumnDrift" });
export type ColumnDrift = z.infer<typeof columnDriftSchema>;

const multivariateDriftSchema = z
  .object({
    answer: driftAnswerSchema,
    /** Area under the ROC curve of that classifier on rows that it was not trained on; ½ is guessing. */
    area: z.number().nullable(),
    interval: intervalSchema.nullable(),
    /** 2 · area − 1, at least 0, and the threshold from which it counts. */
    effect: z.number().nullable(),
    threshold: z.number(),
    /** Rows on which the classifier was tested. */
    rows: bothSides,
    /** The columns that give the sides away, the strongest first, at most three: how much area is lost without each. */
    columns: z.array(z.object({ column: z.string(), loss: z.number() })),
    /** One sentence for the reader. May contain data text: escape it. */
    description: z.string(),
  })
  .meta({ id: "MultivariateDrift" });
export type MultivariateDrift = z.infer<typeof multivariateDriftSchema>;

export const driftReportSchema = z
  .object({
    answer: driftAnswerSchema,
    /** Why the data set as a whole drifted or not: the rule with its numbers. */
    rule: z.string(),
    columns: z.array(columnDriftSchema),
    /** Path of the pinned file that was compared with; absent: the base's data was. */
    reference: z.string().exactOptional(),
    /** Whether a classifier can tell head rows from base rows by all columns together. */
    multivariate: multivariateDriftSchema.exactOptional(),
  })
  .meta({ id: "DriftReport" });
export type DriftReport = z.infer<typeof driftReportSchema>;

export const driftOptionsSchema = z.object({
  exclude: z.array(z.string()),
  /** Share of drifted columns from which the data set counts as drifted. */
  share: z.number(),
  /** q below this and effect at or over the threshold means drift. */
  level: z.number(),
  /** Fewer rows than this on either side: not enough data. */
  minimumRows: z.number(),
  thresholds: z.object({ numeric: z.number(), categorical: z.number() }),
  /** What is compared: all of the head's rows, or those that the base's data does not have. Absent: all. */
  current: z.enum(["all", "added"]).exactOptional(),
});
export type DriftOptions = z.infer<typeof driftOptionsSchema>;
