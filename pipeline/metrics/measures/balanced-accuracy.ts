import { defined } from "../../stats/statistic.ts";
import { classCounts, recallOf } from "../class-counts.ts";
import { prepareConfusion } from "../confusion-matrix.ts";
import { defineMetric } from "../define-metric.ts";

export default defineMetric(
  {
    id: "balanced_accuracy",
    title: "Balanced accuracy",
    direction: "higher",
    needs: "labels",
    tasks: ["binary", "multiclass"],
    range: [0, 1],
    smoothness: "counts",
    docs: "Plain mean of the recall of every class that has rows, so that a rare class weighs as much as a common one.",
    order: 20,
  },
  (scored) => {
    const count = prepareConfusion(scored);
    return (weights) => {
      const confusion = count(weights);
      let sum = 0;
      let present = 0;
      for (let which = 0; which < scored.classes; which++) {
        const counts = classCounts(confusion, scored.classes, which);
        if (counts.truePositive + counts.falseNegative === 0) continue;
        sum += recallOf(counts);
        present++;
      }
      return defined(sum / present);
    };
  },
);
