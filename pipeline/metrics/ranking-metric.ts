import { defined, undefinedBecause } from "../stats/statistic.ts";
import { defineMetric, type Evaluate } from "./define-metric.ts";
import type { Metric, MetricValue, Scored } from "./metric.ts";
import { probabilityOf, type Ranking, rankRows } from "./ranking.ts";

/** Walks a ranking group by group: `add` gets each group's positive and negative weight, best scores first. */
export type RankingFormula = (walk: (add: (positive: number, negative: number) => void) => void) => MetricValue;

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
  const ranking = rankRows(probabilityOf(scored.probabilities, scored.classes, which));
  const belongs = new Uint8Array(scored.actual.length);
  for (let at = 0; at < belongs.length; at++) belongs[at] = scored.actual[ranking.order[at]!] === which ? 1 : 0;
  return (weights) => formula((add) => walkGroups(ranking, belongs, weights, add));
}

function walkGroups(
  { order, groupEnds }: Ranking,
  belongs: Uint8Array,
  weights: Float64Array | undefined,
  add: (positive: number, negative: number) => void,
): void {
  let at = 0;
  for (let group = 0; group < groupEnds.length; group++) {
    const end = groupEnds[group]!;
    let positive = 0;
    let all = 0;
    for (; at < end; at++) {
      const weight = weights === undefined ? 1 : weights[order[at]!]!;
      all += weight;
      positive += weight * belongs[at]!;
    }
    add(positive, all - positive);
  }
}
