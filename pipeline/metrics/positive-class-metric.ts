import { defined, undefinedBecause } from "../stats/statistic.ts";
import { type ClassCounts, classCounts } from "./class-counts.ts";
import { prepareConfusion } from "./confusion-matrix.ts";
import { defineMetric, type OwnFacts } from "./define-metric.ts";
import type { Metric } from "./metric.ts";

/** A metric of the positive class of a binary task. Undefined when no row of that class is present. */
export function positiveClassMetric(facts: OwnFacts, formula: (counts: ClassCounts) => number): Metric {
  return defineMetric(
    { ...facts, direction: "higher", needs: "labels", tasks: ["binary"], range: [0, 1], smoothness: "counts" },
    (scored) => {
      const count = prepareConfusion(scored);
      return (weights) => {
        const counts = classCounts(count(weights), scored.classes, scored.positive!);
        return counts.truePositive + counts.falseNegative > 0
          ? defined(formula(counts))
          : undefinedBecause("no row belongs to the positive class");
      };
    },
  );
}
