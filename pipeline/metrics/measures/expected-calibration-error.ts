import { defined } from "../../stats/statistic.ts";
import { defineMetric } from "../define-metric.ts";
import { prepareReliabilitySums } from "../reliability-curve.ts";

export default defineMetric(
  {
    id: "expected_calibration_error",
    title: "Expected calibration error",
    direction: "lower",
    needs: "probabilities",
    tasks: ["binary", "multiclass"],
    range: [0, 1],
    smoothness: "bins",
    docs: "Mean gap between promised probability and observed share over ten bins of equal width, weighted by rows. Binary: probability of the positive class. More classes: probability of the most probable class.",
    order: 130,
    aliases: ["ece"],
  },
  (scored) => {
    const sums = prepareReliabilitySums(scored);
    return (weights) => {
      const bins = sums(weights);
      let gap = 0;
      let rows = 0;
      for (let bin = 0; bin < bins.rows.length; bin++) {
        const count = bins.rows[bin]!;
        if (count === 0) continue;
        gap += count * Math.abs(bins.promised[bin]! / count - bins.happened[bin]! / count);
        rows += count;
      }
      return defined(gap / rows);
    };
  },
);
