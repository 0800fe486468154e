import { errorMetric } from "../error-metric.ts";
import { squaredError } from "../row-loss.ts";

export default errorMetric(
  {
    id: "root_mean_squared_error",
    title: "Root mean squared error",
    docs: "Square root of the mean of (actual − predicted)², in units of the target.",
    order: 160,
    aliases: ["rmse"],
  },
  {
    of: squaredError,
    value: ([mean]) => Math.sqrt(mean!),
    gradient: ([mean]) => [0.5 / Math.sqrt(mean!)],
    linear: false,
  },
);
