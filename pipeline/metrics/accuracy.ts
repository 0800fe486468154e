import { defined } from "../stats/statistic.ts";
import { prepareConfusion } from "./confusion-matrix.ts";
import { defineMetric } from "./define-metric.ts";

export const accuracy = defineMetric(
  {
    id: "accuracy",
    title: "Accuracy",
    direction: "higher",
    needs: "labels",
    tasks: ["binary", "multiclass"],
    docs: "Share of rows whose predicted class is the actual class.",
  },
  (scored) => {
    const count = prepareConfusion(scored);
    return (weights) => {
      const counts = count(weights);
      let right = 0;
      let all = 0;
      for (let cell = 0; cell < counts.length; cell++) {
        all += counts[cell]!;
        if (cell % (scored.classes + 1) === 0) right += counts[cell]!;
      }
      return defined(right / all);
    };
  },
);
