import { errorMetric } from "./error-metric.ts";
import type { Metric } from "./metric.ts";

function pinballLoss(quantile: number): Metric {
  const percent = Math.round(quantile * 100);
  return errorMetric(
    {
      id: `mean_pinball_loss_${percent}`,
      title: `Pinball loss, ${percent} % quantile`,
      docs: `Quantile loss at ${quantile}: a prediction too low costs ${quantile} per unit, one too high ${1 - quantile} per unit.`,
    },
    (error) => (error > 0 ? quantile * error : (quantile - 1) * error),
  );
}

/** Rises when predictions are too high. */
export const meanPinballLoss10 = pinballLoss(0.1);

/** Rises when predictions are too low. */
export const meanPinballLoss90 = pinballLoss(0.9);
