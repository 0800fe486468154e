import { meanMetric } from "../mean-metric.ts";
import { meanLoss, perRow } from "../row-loss.ts";

export default meanMetric(
  {
    id: "log_loss",
    title: "Log loss",
    direction: "lower",
    needs: "probabilities",
    tasks: ["binary", "multiclass"],
    range: [0, Number.POSITIVE_INFINITY],
    docs: "Mean of −ln(probability of the actual class). Probabilities are kept at least 2⁻⁵² away from 0 and 1, as in scikit-learn, so that one confident mistake costs at most 36.",
    order: 110,
    aliases: ["cross entropy"],
    roles: { signal: ["binary", "multiclass"] },
  },
  meanLoss(({ actual, probabilities, classes }) =>
    perRow(actual, (value, row) => {
      const probability = probabilities[row * classes + value]!;
      return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
    }),
  ),
);
