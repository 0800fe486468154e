import { type RankedScores, rankScores, weightProblem } from "./ranked-scores.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

const ONE_CLASS = "needs at least one positive and one negative row";

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half
 * (the Mann–Whitney form). Equals `sklearn.metrics.roc_auc_score`, also with `sample_weight`.
 * Cost: O(n log n). Undefined when a class is absent (or has no weight) or a score is NaN; constant scores give ½.
 *
 * @example rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // { value: 0.75 }
 */
export function rocAuc(
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Statistic {
  const ranked = rankScores(scores, positives);
  if (ranked.value === null) return ranked;
  const problem = weights === undefined ? null : weightProblem(weights, scores.length);
  if (problem !== null) return undefinedBecause(problem);
  const area = rocAucRanked(
    ranked.value,
    Float64Array.from(weights ?? { length: scores.length }, (w) => w ?? 1),
  );
  return area === null ? undefinedBecause(ONE_CLASS) : defined(area);
}

/**
 * The same area on sorted scores for one weight vector (in row order), for the bootstrap: O(n), no allocation.
 * null when a class has no weight.
 */
export function rocAucRanked({ order, positive, closes }: RankedScores, weights: Float64Array): number | null {
  let area = 0;
  let positivesBelow = 0;
  let negativesBelow = 0;
  let tiedPositives = 0;
  let tied = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const weight = weights[order[rank]!]!;
    tied += weight;
    tiedPositives += weight * positive[rank]!;
    if (closes[rank] === 1) {
      const tiedNegatives = tied - tiedPositives;
      area += tiedPositives * (negativesBelow + tiedNegatives / 2);
      positivesBelow += tiedPositives;
      negativesBelow += tiedNegatives;
      tied = 0;
      tiedPositives = 0;
    }
  }
  return positivesBelow > 0 && negativesBelow > 0 ? Math.min(1, area / positivesBelow / negativesBelow) : null;
}
