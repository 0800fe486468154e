import { defined, undefinedBecause } from "../stats/statistic.ts";
import { rankingMetric } from "./ranking-metric.ts";

export const averagePrecision = rankingMetric(
  {
    id: "average_precision",
    title: "Average precision",
    docs: "Area under the precision-recall curve as a step function: Σ (R_k − R_{k−1}) P_k over the distinct probabilities. More than two classes: plain mean over the classes, each against the rest. Undefined when a class has no rows.",
  },
  (positive, all) => {
    let positives = 0;
    let rows = 0;
    let area = 0;
    for (let group = 0; group < all.length; group++) {
      positives += positive[group]!;
      rows += all[group]!;
      if (rows > 0) area += positive[group]! * (positives / rows);
    }
    return positives > 0 ? defined(area / positives) : undefinedBecause("no row belongs to the class that is ranked");
  },
);
