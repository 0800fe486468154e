import { defined, undefinedBecause } from "../stats/statistic.ts";
import { defineMetric, type Evaluate } from "./define-metric.ts";
import type { Metric, MetricValue, Scored } from "./metric.ts";
import { probabilityOf, rankRows } from "./ranking.ts";

/**
 * Computes from each group of equally probable rows, best first: the weight of its rows of the ranked class, and of all
 * its rows. The arrays are only lent.
 */
export type RankingFormula = (positive: Float64Array, all: Float64Array) => MetricValue;

/**
 * A metric of how well probabilities rank the rows of a class above the others. Binary tasks rank the positive class;
 * multi-class tasks take the plain mean over the classes, each against the rest, and need rows of every class.
 */
export function rankingMetric(facts: Pick<Metric, "id" | "title" | "docs">, formula: RankingFormula): Metric {
  return defineMetric(
    { ...facts, direction: "higher", needs: "probabilities", tasks: ["binary", "multiclass"] },
    (scored) => (scored.task === "binary" ? rankOne(scored, scored.positive!, formula) : rankAll(scored, formula)),
  );
}

function rankAll(scored: Scored, formula: RankingFormula): Evaluate {
  const parts = Array.from({ length: scored.classes }, (_, which) => rankOne(scored, which, formula));
  return (weights) => {
    let sum = 0;
    for (const [which, evaluate] of parts.entries()) {
      const part = evaluate(weights);
      if (part.value === null) return undefinedBecause(`for class ${which + 1} of ${parts.length}, ${part.reason}`);
      sum += part.value;
    }
    return parts.length > 0 ? defined(sum / parts.length) : undefinedBecause("there are no classes");
  };
}

function rankOne(scored: Scored, which: number, formula: RankingFormula): Evaluate {
  const { order, groupEnds } = rankRows(probabilityOf(scored.probabilities, scored.classes, which));
  const rows = order.length;
  const belongs = new Float64Array(rows);
  const groupAt = new Int32Array(rows);
  for (let at = 0, group = 0; at < rows; at++) {
    while (at >= groupEnds[group]!) group++;
    groupAt[at] = group;
    belongs[at] = scored.actual[order[at]!] === which ? 1 : 0;
  }
  const positive = new Float64Array(groupEnds.length);
  const all = new Float64Array(groupEnds.length);
  const ones = new Float64Array(rows).fill(1);
  return (weights = ones) => {
    positive.fill(0);
    all.fill(0);
    for (let at = 0; at < rows; at++) {
      const weight = weights[order[at]!]!;
      const group = groupAt[at]!;
      all[group]! += weight;
      positive[group]! += weight * belongs[at]!;
    }
    return formula(positive, all);
  };
}
