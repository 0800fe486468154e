import { defineMetric } from "./define-metric.ts";
import { rowMean } from "./row-mean.ts";

export const brierScore = defineMetric(
  {
    id: "brier_score",
    title: "Brier score",
    direction: "lower",
    needs: "probabilities",
    tasks: ["binary", "multiclass"],
    docs: "Mean squared error of the probabilities. Binary: of the positive class, from 0 to 1. More classes: summed over the classes, from 0 to 2.",
  },
  ({ task, actual, probabilities, classes, positive }) => {
    const errors = new Float64Array(actual.length);
    for (let row = 0; row < errors.length; row++) {
      for (let which = 0; which < classes; which++) {
        if (task === "binary" && which !== positive) continue;
        errors[row]! += (probabilities[row * classes + which]! - (actual[row] === which ? 1 : 0)) ** 2;
      }
    }
    return rowMean(errors);
  },
);
