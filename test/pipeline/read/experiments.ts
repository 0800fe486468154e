import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { defaultFormat, defaultMissing } from "./read-text.ts";

/** An experiment with every default that predicts `y` from `data.csv`. */
export function anExperiment(changes: Partial<Experiment> = {}): Experiment {
  return {
    data: "data.csv",
    target: "y",
    task: null,
    positive: null,
    key: null,
    exclude: [],
    features: null,
    columns: {},
    missing: defaultMissing,
    format: defaultFormat,
    split: { holdout: 0.25, seed: 42 },
    model: { type: "logistic-regression" },
    ...changes,
  };
}
