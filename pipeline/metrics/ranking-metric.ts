import { type RankedScores, rankScores } from "../stats/ranked-scores.ts";
import { defined, undefinedBecause } from "../stats/statistic.ts";
import { defineMetric, type Evaluate, type MetricFacts, type OwnFacts } from "./define-metric.ts";
import type { Metric, MetricValue, Scored } from "./metric.ts";

/** Computes from rows that are ranked by one probability, for one weight per row. */
export type RankingFormula = (ranked: RankedScores, weights: Float64Array) => MetricValue;

/**
 * A metric of how well probabilities rank the rows of a class above the others. Binary tasks rank the positive class;
 * multi-class tasks take the plain mean over the classes, each against the rest, and need rows of every class.
 */
export function rankingMetric(
  facts: OwnFacts & Pick<MetricFacts, "smoothness" | "pairedTest">,
  formula: RankingFormula,
): Metric {
  return defineMetric(
    { ...facts, direction: "higher", needs: "probabilities", tasks: ["binary", "multiclass"], range: [0, 1] },
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

function rankOne({ actual, probabilities, classes }: Scored, which: number, formula: RankingFormula): Evaluate {
  const rows = actual.length;
  const scores = new Float64Array(rows);
  const belongs = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    scores[row] = probabilities[row * classes + which]!;
    belongs[row] = actual[row] === which ? 1 : 0;
  }
  const ranked = rankScores(scores, belongs);
  if (ranked.value === null) return () => ranked;
  const ones = new Float64Array(rows).fill(1);
  return (weights = ones) => formula(ranked.value, weights);
}
