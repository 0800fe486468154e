import { errorMetric } from "../error-metric.ts";
import { errorLoss, meanLoss } from "../row-loss.ts";

export default errorMetric(
  {
    id: "mean_absolute_error",
    title: "Mean absolute error",
    docs: "Mean of |actual − predicted|, in units of the target.",
    order: 150,
    aliases: ["mae"],
    roles: { slices: ["regression"] },
  },
  meanLoss(errorLoss(Math.abs)),
);
