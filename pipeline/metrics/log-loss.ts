import { defineMetric } from "./define-metric.ts";
import { rowMean } from "./row-mean.ts";

export const logLoss = defineMetric(
  {
    id: "log_loss",
    title: "Log loss",
    direction: "lower",
    needs: "probabilities",
    tasks: ["binary", "multiclass"],
    docs: "Mean of −ln(probability of the actual class). Probabilities are kept at least 2⁻⁵² away from 0 and 1, as in scikit-learn, so that one confident mistake costs at most 36.",
  },
  ({ actual, probabilities, classes }) => {
    const losses = new Float64Array(actual.length);
    for (let row = 0; row < losses.length; row++) {
      const probability = probabilities[row * classes + actual[row]!]!;
      losses[row] = -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
    }
    return rowMean(losses);
  },
);
