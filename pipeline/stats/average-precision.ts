import { type RankedScores, rankScores, weightProblem } from "./ranked-scores.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Average precision: Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct thresholds, highest first, without interpolation.
 * Equals `sklearn.metrics.average_precision_score`, also with `sample_weight`.
 * Cost: O(n log n). Undefined without positive rows (or positive weight) or when a score is NaN; only positives give 1.
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
  const problem = weights === undefined ? null : weightProblem(weights, scores.length);
  if (problem !== null) return undefinedBecause(problem);
  const found = averagePrecisionRanked(
    ranked.value,
    Float64Array.from(weights ?? { length: scores.length }, (w) => w ?? 1),
  );
  return found === null ? undefinedBecause("needs at least one positive row") : defined(found);
}

/** The same on sorted scores for one weight vector (in row order): O(n), no allocation; null without positive weight. */
export function averagePrecisionRanked(
  { order, positive, closes }: RankedScores,
  weights: Float64Array,
): number | null {
  let sum = 0;
  let positivesAbove = 0;
  let above = 0;
  let counted = 0;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const weight = weights[order[rank]!]!;
    above += weight;
    positivesAbove += weight * positive[rank]!;
    // a threshold ends where the rank below belongs to another score
    if ((rank === 0 || closes[rank - 1] === 1) && positivesAbove > counted) {
      sum += ((positivesAbove - counted) * positivesAbove) / above;
      counted = positivesAbove;
    }
  }
  return counted > 0 ? Math.min(1, sum / counted) : null;
}
