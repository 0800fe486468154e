import { formatCount } from "../../words.ts";
import { errorMetric } from "../error-metric.ts";
import { errorLoss, meanLoss } from "../row-loss.ts";

export default errorMetric(
  {
    id: "mean_absolute_percentage_error",
    title: "Mean absolute percentage error",
    docs: "Mean of |actual − predicted| / |actual|, as a share: 0.1 means 10 %. Undefined when an actual value is zero, where scikit-learn would answer with an arbitrarily large number.",
    order: 180,
    aliases: ["mape"],
  },
  meanLoss(errorLoss((error, actual) => Math.abs(error / actual))),
  ({ actual }, weights) => {
    let zeros = 0;
    for (let row = 0; row < actual.length; row++) {
      if (actual[row] === 0 && (weights === undefined || weights[row]! > 0)) zeros++;
    }
    return zeros === 0 ? null : `the actual value is zero in ${zeros === 1 ? "1 row" : `${formatCount(zeros)} rows`}`;
  },
);
