import { defined, undefinedBecause } from "../../stats/statistic.ts";
import { defineMetric } from "../define-metric.ts";
import { perRow, squaredError } from "../row-loss.ts";

export default defineMetric(
  {
    id: "r2",
    title: "R²",
    direction: "higher",
    needs: "labels",
    tasks: ["regression"],
    range: [Number.NEGATIVE_INFINITY, 1],
    smoothness: "means",
    rowLoss: {
      of: squaredError,
      truth: ({ actual }) => {
        const values = perRow(actual, (value) => value);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const around = values.map((value) => value - mean);
        return [around.map((value) => value * value), around];
      },
      value: ([loss, square, shift]) => 1 - loss! / (square! - shift! * shift!),
      gradient: ([loss, square, shift]) => {
        const variance = square! - shift! * shift!;
        const slope = loss! / (variance * variance);
        return [-1 / variance, slope, -2 * shift! * slope];
      },
      linear: true,
    },
    docs: "Share of the target's variance that is explained: 1 − Σ(actual − predicted)² / Σ(actual − mean)². Zero for always predicting the mean, negative for worse. Undefined when the target is constant, where scikit-learn answers 0 or 1.",
    order: 210,
    aliases: ["r squared"],
    roles: { ranking: ["regression"], signal: ["regression"] },
  },
  ({ actual, predicted }) =>
    (weights) => {
      let total = 0;
      let mean = 0;
      let spread = 0;
      let unexplained = 0;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let row = 0; row < actual.length; row++) {
        const weight = weights === undefined ? 1 : weights[row]!;
        if (weight === 0) continue;
        const value = actual[row]!;
        const delta = value - mean;
        total += weight;
        mean += (weight / total) * delta;
        spread += weight * delta * (value - mean);
        unexplained += weight * (value - predicted[row]!) ** 2;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      return least < most && spread > 0
        ? defined(1 - unexplained / spread)
        : undefinedBecause("the actual values are all the same");
    },
);
