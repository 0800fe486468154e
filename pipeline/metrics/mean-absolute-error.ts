import { errorMetric } from "./error-metric.ts";

export const meanAbsoluteError = errorMetric(
  {
    id: "mean_absolute_error",
    title: "Mean absolute error",
    docs: "Mean of |actual − predicted|, in units of the target.",
  },
  Math.abs,
);
