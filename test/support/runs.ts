import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { MetricValue, Scored, Task } from "../../pipeline/metrics/metric.ts";
import { metricsFor } from "../../pipeline/metrics/registry.ts";
import type { Run } from "../../pipeline/run.ts";

/** An experiment as after defaults, with what a test cares about. */
export function anExperiment(given: Partial<Experiment> = {}): Experiment {
  return {
    data: "data.csv",
    target: "target",
    task: null,
    positive: null,
    key: null,
    exclude: [],
    features: null,
    columns: {},
    missing: [],
    format: { delimiter: null, decimal: ".", encoding: null, header: true, names: null },
    split: { holdout: 0.25, seed: 42 },
    model: { type: "logistic-regression" },
    ...given,
  };
}

/** One hold-out row as a test writes it: the actual class, and the probability of every class or the value. */
export interface HoldoutRow {
  key: string;
  actual: string | number;
  /** One probability per class, or the predicted value of a regression. */
  says: number[] | number;
  /** Data row in the file; by default the place in the list. */
  row?: number;
}

export interface RunOptions {
  classes?: string[];
  positive?: string | null;
  target?: string;
  experiment?: Partial<Experiment>;
}

/** A run whose hold-out is these rows; the predicted class is the most probable one. */
export function aRun(rows: HoldoutRow[], options: RunOptions = {}): Run {
  const { classes = ["no", "yes"], target = "target" } = options;
  const task: Task = classes.length === 0 ? "regression" : classes.length === 2 ? "binary" : "multiclass";
  const positive = options.positive === undefined ? (task === "binary" ? classes[1]! : null) : options.positive;
  const written = rows.map((row, place) => ({ ...row, row: row.row ?? place }));
  written.sort((left, right) => (left.key < right.key ? -1 : 1));
  const probabilities = task === "regression" ? [] : written.flatMap(({ says }) => says as number[]);
  const holdout = {
    keys: written.map(({ key }) => `${key}#0`),
    rows: written.map(({ row }) => row),
    actual: written.map(({ actual }) => (task === "regression" ? (actual as number) : classes.indexOf(String(actual)))),
    predicted: written.map(({ says }) => (task === "regression" ? (says as number) : mostProbable(says as number[]))),
    probabilities,
  };
  const scored: Scored = {
    task,
    actual: task === "regression" ? Float64Array.from(holdout.actual) : Int32Array.from(holdout.actual),
    predicted: task === "regression" ? Float64Array.from(holdout.predicted) : Int32Array.from(holdout.predicted),
    probabilities: Float64Array.from(probabilities),
    classes: classes.length,
    positive: positive === null ? null : classes.indexOf(positive),
  };
  const metrics: Record<string, MetricValue> = Object.fromEntries(
    metricsFor(task).map((metric) => [metric.id, metric.compute(scored)]),
  );
  return {
    key: "key",
    task,
    target,
    classes,
    positive,
    rows: { total: rows.length * 4, train: rows.length * 3, holdout: rows.length, dropped: 0 },
    features: [],
    metrics,
    confusion: null,
    profile: {
      rows: rows.length * 4,
      columns: [],
      format: { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false },
    },
    lineage: {
      engine: "test",
      dataPath: "data.csv",
      dataBlob: "0",
      experimentDigest: "0",
      modelDigest: "0",
      seed: 42,
      estimator: "test",
      fit: { iterations: 0, converged: true, objective: null },
      timings: {},
    },
    notes: [],
    experiment: anExperiment({ target, positive: options.positive ?? null, ...options.experiment }),
    holdout,
    model: {
      format: "modelsync-model",
      version: 1,
      task,
      target,
      classes,
      positive,
      preprocessor: { features: [] },
      estimator: { type: "test" },
    },
  };
}

function mostProbable(probabilities: number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
