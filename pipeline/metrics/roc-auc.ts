import { defined, undefinedBecause } from "../stats/statistic.ts";
import { rankingMetric } from "./ranking-metric.ts";

export const rocAuc = rankingMetric(
  {
    id: "roc_auc",
    title: "ROC AUC",
    docs: "Probability that a random row of the class gets a higher probability than a random other row, ties counting half. More than two classes: plain mean over the classes, each against the rest. Undefined when a class has no rows.",
  },
  (positive, all) => {
    let positives = 0;
    let negatives = 0;
    let wins = 0;
    for (let group = 0; group < all.length; group++) {
      const own = positive[group]!;
      const others = all[group]! - own;
      wins += others * (positives + own / 2);
      positives += own;
      negatives += others;
    }
    if (positives === 0) return undefinedBecause("no row belongs to the class that is ranked");
    if (negatives === 0) return undefinedBecause("every row belongs to the class that is ranked");
    return defined(wins / (positives * negatives));
  },
);
