import type { DataProfile } from "./data/profile.ts";
import type { Experiment } from "./experiment/experiment.ts";
import type { MetricValue, Task } from "./metrics/metric.ts";
import type { SerializedEstimator } from "./models/estimator.ts";
import type { SerializedPreprocessor } from "./preprocess/preprocessor.ts";
import type { Problem } from "./problem.ts";

/** The result of one experiment on one revision, without rows: what facts, reports and the ledger carry. */
export interface RunSummary {
  /** Digest of everything the result depends on: engine version, experiment, data, yardstick. Names the cache entry. */
  key: string;
  task: Task;
  target: string;
  /** Sorted; empty for regression. */
  classes: string[];
  positive: string | null;
  rows: { total: number; train: number; holdout: number /** target missing, so unusable */; dropped: number };
  features: { name: string; type: "numeric" | "categorical" }[];
  /** By metric id, in the registry's order. */
  metrics: Record<string, MetricValue>;
  /** Hold-out counts, rows = actual, columns = predicted, in the order of `classes`; null for regression. */
  confusion: number[][] | null;
  profile: DataProfile;
  lineage: Lineage;
  notes: Problem[];
}

export interface Lineage {
  engine: string;
  dataPath: string;
  /** Git blob id of the data file. */
  dataBlob: string;
  /** SHA-256 of the normalised experiment. */
  experimentDigest: string;
  /** SHA-256 of the model file. */
  modelDigest: string;
  seed: number;
  estimator: string;
  fit: { iterations: number; converged: boolean; objective: number | null };
  /** Milliseconds by step. Not part of any digest. */
  timings: Record<string, number>;
}

/** A run with its per-row predictions on the hold-out. */
export interface Run extends RunSummary {
  experiment: Experiment;
  holdout: Holdout;
  model: ModelFile;
}

/** Per-row predictions; arrays are parallel over hold-out rows, sorted by key. */
export interface Holdout {
  /** `<row key>#<occurrence>`: duplicated rows pair up by occurrence. */
  keys: string[];
  /** Zero-based data row in the file. */
  rows: number[];
  /** Class index (into `classes`), or the value. */
  actual: number[];
  predicted: number[];
  /** rows × classes, row-major; empty for regression. */
  probabilities: number[];
}

/** A trained model as a file: everything needed to predict on a new CSV. */
export interface ModelFile {
  format: "modelsync-model";
  version: 1;
  task: Task;
  target: string;
  classes: string[];
  positive: string | null;
  preprocessor: SerializedPreprocessor;
  estimator: SerializedEstimator;
}
