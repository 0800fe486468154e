import { atMostOne, type RankedScores, rankScores, rankWeights } from "./ranked-scores.ts";
import { type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Average precision: Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct thresholds, highest first, without interpolation.
 * Equals `sklearn.metrics.average_precision_score`, also with `sample_weight`.
 * Cost: O(n). Undefined without positive rows (or positive weight) or when a score is NaN; only positives give 1.
 *
 * @example averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // { value: 0.8333333333333333 }
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Statistic {
  const ranked = rankScores(scores, positives);
  if (ranked.value === null) return ranked;
  const weighed = rankWeights(weights, scores.length);
  return weighed.value === null ? weighed : averagePrecisionRanked(ranked.value, weighed.value);
}

/** The same on ranked scores for one weight vector (in row order): one pass over the ranks. */
export function averagePrecisionRanked({ order, positive, closes }: RankedScores, weights: Float64Array): Statistic {
  let area = 0;
  let rows = 0;
  let positives = 0;
  let tiedPositives = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const weight = weights[order[rank]!]!;
    rows += weight;
    tiedPositives += weight * positive[rank]!;
    if (closes[rank] === 1 && tiedPositives > 0) {
      positives += tiedPositives;
      area += tiedPositives * (positives / rows);
      tiedPositives = 0;
    }
  }
  return positives > 0 ? atMostOne(area / positives) : undefinedBecause("no row belongs to the class that is ranked");
}
