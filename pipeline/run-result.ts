import { z } from "zod";
import { loadedExperimentSchema } from "./experiment/experiment.ts";
import { metricValueSchema, taskSchema } from "./metrics/metric.ts";
import { serializedEstimatorSchema } from "./models/estimator.ts";
import { fitSummary } from "./models/fit-summary.ts";
import { preprocessorSchema } from "./preprocess/preprocessor.ts";
import { problemSchema } from "./problem.ts";
import { columnTypeSchema, dataProfileSchema } from "./table/profile.ts";

const count = z.int().nonnegative();

/** One value per row: looked at and not copied, which for 100,000 rows takes a quarter of the time of `z.array`. */
const texts = z.custom<string[]>((value) => Array.isArray(value) && value.every((one) => typeof one === "string"));
const numbers = z.custom<number[]>((value) => Array.isArray(value) && value.every((one) => typeof one === "number"));

const dataFileNameSchema = z.object({
  path: z.string(),
  /** Git blob id. */
  blob: z.string(),
});
export type DataFileName = z.infer<typeof dataFileNameSchema>;

const lineageSchema = z
  .object({
    engine: z.string(),
    /** As the experiment names it. */
    dataPath: z.string(),
    /** Git blob id of the data file; of several files, a digest of all. */
    dataBlob: z.string(),
    /** The files in the order of their rows, labels last; absent when there is one. */
    dataFiles: z.array(dataFileNameSchema).exactOptional(),
    /** Paths and patterns by which the experiment names its data; absent when it is `dataPath` alone. */
    dataPaths: z.array(z.string()).exactOptional(),
    /** SHA-256 of the normalised experiment. */
    experimentDigest: z.string(),
    /** SHA-256 of the model file. */
    modelDigest: z.string(),
    seed: z.number(),
    estimator: z.string(),
    fit: fitSummary,
    /** Milliseconds by step. Not part of any digest. */
    timings: z.record(z.string(), z.number()),
  })
  .meta({ id: "Lineage" });

/** The result of one experiment on one revision, without rows: what facts, reports and the ledger carry. */
export const runSummarySchema = z
  .object({
    /** Digest of everything the result depends on: engine version, experiment, data, yardstick. Names the cache entry. */
    key: z.string(),
    task: taskSchema,
    target: z.string(),
    /** Sorted; empty for regression. */
    classes: z.array(z.string()),
    positive: z.string().nullable(),
    rows: z.object({
      total: count,
      train: count,
      holdout: count,
      /** Target missing, so unusable. */
      dropped: count,
    }),
    features: z.array(z.object({ name: z.string(), type: columnTypeSchema })),
    /** By metric id, in the registry's order. */
    metrics: z.record(z.string(), metricValueSchema),
    /** Hold-out counts, rows = actual, columns = predicted, in the order of `classes`; null for regression. */
    confusion: z.array(z.array(z.number())).nullable(),
    profile: dataProfileSchema,
    lineage: lineageSchema,
    notes: z.array(problemSchema),
  })
  .meta({ id: "RunSummary" });
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Per-row predictions; arrays are parallel over hold-out rows, sorted by key. */
const holdoutSchema = z.object({
  /** `<row key>#<occurrence>`: duplicated rows pair up by occurrence. */
  keys: texts,
  /** Zero-based data row in the file. */
  rows: numbers,
  /** Class index (into `classes`), or the value. */
  actual: numbers,
  predicted: numbers,
  /** rows × classes, row-major; empty for regression. */
  probabilities: numbers,
});

/** A trained model as a file: everything needed to predict on a new CSV. */
export const modelFileSchema = z.strictObject({
  format: z.literal("modelsync-model"),
  version: z.literal(1),
  task: taskSchema,
  target: z.string(),
  classes: z.array(z.string()),
  positive: z.string().nullable(),
  preprocessor: preprocessorSchema,
  estimator: serializedEstimatorSchema,
});
export type ModelFile = z.infer<typeof modelFileSchema>;

/** A run with its per-row predictions on the hold-out. */
export const runSchema = runSummarySchema.extend({
  experiment: loadedExperimentSchema,
  holdout: holdoutSchema,
  model: modelFileSchema,
});
export type Run = z.infer<typeof runSchema>;
