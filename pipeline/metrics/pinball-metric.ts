import { errorMetric } from "./error-metric.ts";
import type { Metric } from "./metric.ts";
import { errorLoss, meanLoss } from "./row-loss.ts";

/** The loss that is least where a share `quantile` of the actual values lies below the prediction. */
export function pinballMetric(quantile: number, order: number): Metric {
  const percent = Math.round(quantile * 100);
  return errorMetric(
    {
      id: `mean_pinball_loss_${percent}`,
      title: `Pinball loss, ${percent} % quantile`,
      docs: `Quantile loss at ${quantile}: a prediction too low costs ${quantile} per unit, one too high ${Number((1 - quantile).toFixed(2))} per unit.`,
      order,
    },
    meanLoss(errorLoss((error) => (error > 0 ? quantile * error : (quantile - 1) * error))),
  );
}
