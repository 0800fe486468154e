import { rankScores } from "../../../pipeline/stats/ranked-scores.ts";
import type { rocAucRanked } from "../../../pipeline/stats/roc-auc.ts";
import type { Statistic } from "../../../pipeline/stats/statistic.ts";

/** Ranks the scores and applies a formula of ranked scores; every row weighs 1 unless told otherwise. */
export const ofRanked =
  (formula: typeof rocAucRanked) =>
  (scores: ArrayLike<number>, positives: ArrayLike<number>, weights?: ArrayLike<number>): Statistic => {
    const ranked = rankScores(scores, positives);
    const each = weights === undefined ? new Float64Array(scores.length).fill(1) : Float64Array.from(weights);
    return ranked.value === null ? ranked : formula(ranked.value, each);
  };
