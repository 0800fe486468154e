import { z } from "zod";
import { columnName } from "./column-name.ts";
import { dataSchema, labelsSchema } from "./data-schema.ts";
import { splitSchema } from "./split-schema.ts";

/** Markers that practically always mean "missing". `?` and `-200` are real values somewhere, so they are declared. */
const defaultMissing = ["NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL"];

/** What may be written in an experiment file. The options of `model` belong to the estimator that `type` names. */
export const experimentSchema = z.strictObject({
  data: dataSchema.describe(
    "File with one row per example, relative to the repository root; a pattern with `*`, `**` or `?`; or a list of them.",
  ),
  labels: labelsSchema.optional().describe("A second file with the target. Default: the target is in the data."),
  target: columnName.describe("Column to predict."),
  task: z
    .enum(["classification", "regression"])
    .nullable()
    .default(null)
    .describe(
      "Whether the target holds classes or a quantity. Default: a quantity when the estimator only knows quantities, or knows both and the target has many different numbers with fractions.",
    ),
  positive: z
    .string()
    .max(500)
    .nullable()
    .default(null)
    .describe("Class whose probability is ranked. Default: the rarer one of two classes."),
  key: columnName
    .nullable()
    .default(null)
    .describe("Column that names a row across revisions. Default: the row's content names it."),
  time: columnName
    .nullable()
    .default(null)
    .transform((name) => name ?? undefined)
    .optional()
    .describe(
      "Column of the time at which a row was observed. A review tells when training reaches into the time of the hold-out.",
    ),
  exclude: z.array(columnName).max(10_000).default([]).describe("Columns that are not features."),
  features: z
    .array(columnName)
    .min(1)
    .max(10_000)
    .nullable()
    .default(null)
    .describe(
      "The only columns that are features. Default: all but target, key, time, exclude, and what splits rows or finds labels.",
    ),
  columns: z
    .record(columnName, z.enum(["numeric", "categorical"]))
    .default({})
    .describe("Types of columns. Default: numeric when every value that is not missing is a number."),
  missing: z
    .array(z.string().max(100))
    .max(50)
    .default(defaultMissing)
    .describe("Cells that mean missing, after trimming. The empty cell always does."),
  format: z
    .strictObject({
      delimiter: z
        .enum([",", ";", "\t", "|"])
        .nullable()
        .default(null)
        .describe("Default: detected from the header line."),
      decimal: z.enum([".", ","]).default(".").describe("Decimal separator of numbers."),
      encoding: z
        .enum(["utf-8", "windows-1252"])
        .nullable()
        .default(null)
        .describe("Default: utf-8 when the bytes are valid utf-8, else windows-1252."),
      header: z.boolean().default(true).describe("Whether the first line names the columns."),
      names: z.array(columnName).min(1).max(10_000).nullable().default(null).describe("Column names without a header."),
    })
    .prefault({})
    .describe("How the file is written."),
  split: splitSchema.describe("How rows are divided into training and hold-out."),
  model: z
    .looseObject({ type: z.string().min(1).max(100).default("logistic-regression").describe("Name of an estimator.") })
    .prefault({})
    .describe("Estimator and its options."),
});
