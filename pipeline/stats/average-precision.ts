import { atMostOne, type RankedScores } from "./ranked-scores.ts";
import { type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Average precision: Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct thresholds, highest first, without interpolation, for one weight
 * per row. Equals `sklearn.metrics.average_precision_score`, also with `sample_weight`.
 * Cost: O(n). Undefined without positive weight; only positives give 1.
 *
 * @example
 * const ranked = rankScores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).value;
 * averagePrecision(ranked, Float64Array.of(1, 1, 1, 1)); // { value: 0.8333333333333333 }
 */
export function averagePrecision({ order, positive, closes }: RankedScores, weights: Float64Array): Statistic {
  let area = 0;
  let rows = 0;
  let positives = 0;
  let tiedPositives = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const weight = weights[order[rank]!]!;
    rows += weight;
    tiedPositives += weight * positive[rank]!;
    // nearly every rank closes, and whether it has weight cannot be predicted: without positives there, nothing is added
    if (closes[rank] === 1 && rows > 0) {
      positives += tiedPositives;
      area += tiedPositives * (positives / rows);
      tiedPositives = 0;
    }
  }
  return positives > 0 ? atMostOne(area / positives) : undefinedBecause("no row belongs to the class that is ranked");
}
