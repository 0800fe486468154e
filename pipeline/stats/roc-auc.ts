import { atMostOne, type RankedScores, rankScores } from "./ranked-scores.ts";
import { type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half
 * (the Mann–Whitney form). Equals `sklearn.metrics.roc_auc_score`.
 * Cost: O(n). Undefined when a class is absent or a score is NaN; constant scores give ½.
 *
 * @example rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // { value: 0.75 }
 */
export function rocAuc(scores: ArrayLike<number>, positives: ArrayLike<number>): Statistic {
  const ranked = rankScores(scores, positives);
  return ranked.value === null ? ranked : rocAucRanked(ranked.value, new Float64Array(scores.length).fill(1));
}

/** The same area of ranked scores for one weight per row, as with `sample_weight`: one pass over the ranks. */
export function rocAucRanked({ order, positive, closes }: RankedScores, weights: Float64Array): Statistic {
  let wins = 0;
  let positives = 0;
  let negatives = 0;
  let tied = 0;
  let tiedPositives = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const weight = weights[order[rank]!]!;
    tied += weight;
    tiedPositives += weight * positive[rank]!;
    if (closes[rank] === 1) {
      const tiedNegatives = tied - tiedPositives;
      wins += tiedNegatives * (positives + tiedPositives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
      tied = 0;
      tiedPositives = 0;
    }
  }
  if (!(positives > 0)) return undefinedBecause("no row belongs to the class that is ranked");
  if (!(negatives > 0)) return undefinedBecause("every row belongs to the class that is ranked");
  return atMostOne(wins / (positives * negatives));
}
