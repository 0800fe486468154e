import { defined } from "../stats/statistic.ts";
import { defineMetric } from "./define-metric.ts";
import { prepareReliabilityCurve } from "./reliability-curve.ts";

export const expectedCalibrationError = defineMetric(
  {
    id: "expected_calibration_error",
    title: "Expected calibration error",
    direction: "lower",
    needs: "probabilities",
    tasks: ["binary", "multiclass"],
    docs: "Mean gap between promised probability and observed share over ten bins of equal width, weighted by rows. Binary: probability of the positive class. More classes: probability of the most probable class.",
  },
  (scored) => {
    const curve = prepareReliabilityCurve(scored);
    return (weights) => {
      let gap = 0;
      let rows = 0;
      for (const bin of curve(weights)) {
        if (bin.promised === null || bin.happened === null) continue;
        gap += bin.rows * Math.abs(bin.promised - bin.happened);
        rows += bin.rows;
      }
      return defined(gap / rows);
    };
  },
);
