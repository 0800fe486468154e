import { formatCount } from "../format-count.ts";
import { undefinedBecause } from "../stats/statistic.ts";
import { defineMetric } from "./define-metric.ts";
import { rowMean } from "./row-mean.ts";

export const meanAbsolutePercentageError = defineMetric(
  {
    id: "mean_absolute_percentage_error",
    title: "Mean absolute percentage error",
    direction: "lower",
    needs: "labels",
    tasks: ["regression"],
    docs: "Mean of |actual − predicted| / |actual|, as a share: 0.1 means 10 %. Undefined when an actual value is zero, where scikit-learn would answer with an arbitrarily large number.",
  },
  ({ actual, predicted }) => {
    const mean = rowMean(Float64Array.from(actual, (value, row) => Math.abs((value - predicted[row]!) / value)));
    return (weights) => {
      let zeros = 0;
      for (let row = 0; row < actual.length; row++) {
        if (actual[row] === 0 && (weights === undefined || weights[row]! > 0)) zeros++;
      }
      return zeros > 0
        ? undefinedBecause(`the actual value is zero in ${zeros === 1 ? "1 row" : `${formatCount(zeros)} rows`}`)
        : mean(weights);
    };
  },
);
