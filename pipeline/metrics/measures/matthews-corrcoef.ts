import { defined } from "../../stats/statistic.ts";
import { prepareConfusion } from "../confusion-matrix.ts";
import { defineMetric } from "../define-metric.ts";

export default defineMetric(
  {
    id: "matthews_corrcoef",
    title: "Matthews correlation",
    direction: "higher",
    needs: "labels",
    tasks: ["binary", "multiclass"],
    range: [-1, 1],
    smoothness: "counts",
    docs: "Correlation of actual and predicted class, from −1 to 1 (Gorodkin's R_K for more than two classes). Zero when only one class is actual or only one is predicted, as in scikit-learn.",
    order: 140,
    aliases: ["mcc"],
  },
  (scored) => {
    const count = prepareConfusion(scored);
    const { classes } = scored;
    return (weights) => {
      const counts = count(weights);
      const actual = new Float64Array(classes);
      const predicted = new Float64Array(classes);
      let right = 0;
      let all = 0;
      for (let i = 0; i < classes; i++) {
        right += counts[i * classes + i]!;
        for (let j = 0; j < classes; j++) {
          const cell = counts[i * classes + j]!;
          actual[i]! += cell;
          predicted[j]! += cell;
          all += cell;
        }
      }
      const covariance = right * all - dot(actual, predicted);
      const spread = (all * all - dot(actual, actual)) * (all * all - dot(predicted, predicted));
      return defined(spread > 0 ? covariance / Math.sqrt(spread) : 0);
    };
  },
);

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}
