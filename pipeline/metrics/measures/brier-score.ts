import { meanMetric } from "../mean-metric.ts";
import { meanLoss, perRow } from "../row-loss.ts";

export default meanMetric(
  {
    id: "brier_score",
    title: "Brier score",
    direction: "lower",
    needs: "probabilities",
    tasks: ["binary", "multiclass"],
    range: [0, 2],
    docs: "Mean squared error of the probabilities. Binary: of the positive class, from 0 to 1. More classes: summed over the classes, from 0 to 2.",
    order: 120,
    aliases: ["brier"],
    roles: { slices: ["binary", "multiclass"] },
  },
  meanLoss(({ task, actual, probabilities, classes, positive }) =>
    perRow(actual, (value, row) => {
      let sum = 0;
      for (let which = 0; which < classes; which++) {
        if (task === "binary" && which !== positive) continue;
        sum += (probabilities[row * classes + which]! - (value === which ? 1 : 0)) ** 2;
      }
      return sum;
    }),
  ),
);
