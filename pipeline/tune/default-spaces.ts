import { list, range, type SearchSpace } from "./search-space.ts";

/**
 * Where to look for each estimator's options by default. Estimators that are not named here have nothing that is worth
 * tuning: `baseline` and `linear-regression` have no options.
 *
 * What decides speed or precision only (`tolerance`, `solver`, `max_bins`) is left out; `--space` can add it.
 */
export const defaultSpaces: Readonly<Record<string, SearchSpace>> = {
  "logistic-regression": [range("c", 0.0001, 10_000), list("class_weight", [null, "balanced"])],
  "gradient-boosting": [
    range("learning_rate", 0.01, 0.3),
    range("max_iterations", 25, 400, true),
    range("max_leaf_nodes", 4, 64, true),
    range("min_samples_leaf", 5, 100, true),
    range("l2_regularization", 0.001, 100),
  ],
  "decision-tree": [range("max_depth", 1, 20, true), range("min_samples_leaf", 1, 200, true)],
  "naive-bayes": [range("variance_smoothing", 1e-9, 1)],
  "ridge-regression": [range("alpha", 0.0001, 10_000)],
};
