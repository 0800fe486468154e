import { defined } from "../stats/statistic.ts";
import { type ClassCounts, classCounts } from "./class-counts.ts";
import { prepareConfusion } from "./confusion-matrix.ts";
import { defineMetric, type OwnFacts } from "./define-metric.ts";
import type { Metric } from "./metric.ts";

/**
 * The plain mean of a one-against-the-rest formula over the classes that occur as actual or predicted class
 * (scikit-learn's `average="macro"` without `labels`). A class that occurs nowhere is left out.
 */
export function macroMetric(facts: OwnFacts, formula: (counts: ClassCounts) => number): Metric {
  return defineMetric(
    {
      ...facts,
      direction: "higher",
      needs: "labels",
      tasks: ["binary", "multiclass"],
      range: [0, 1],
      smoothness: "counts",
    },
    (scored) => {
      const count = prepareConfusion(scored);
      return (weights) => {
        const confusion = count(weights);
        let sum = 0;
        let occurring = 0;
        for (let which = 0; which < scored.classes; which++) {
          const counts = classCounts(confusion, scored.classes, which);
          if (counts.truePositive + counts.falsePositive + counts.falseNegative === 0) continue;
          sum += formula(counts);
          occurring++;
        }
        return defined(sum / occurring);
      };
    },
  );
}
