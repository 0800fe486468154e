import { defined } from "../stats/statistic.ts";
import { defineMetric } from "./define-metric.ts";
import { rowMean } from "./row-mean.ts";

export const rootMeanSquaredError = defineMetric(
  {
    id: "root_mean_squared_error",
    title: "Root mean squared error",
    direction: "lower",
    needs: "labels",
    tasks: ["regression"],
    docs: "Square root of the mean of (actual − predicted)², in units of the target.",
  },
  ({ actual, predicted }) => {
    const mean = rowMean(Float64Array.from(actual, (value, row) => (value - predicted[row]!) ** 2));
    return (weights) => {
      const squared = mean(weights);
      return squared.value === null ? squared : defined(Math.sqrt(squared.value));
    };
  },
);
