import { rocAucRanked } from "../stats/roc-auc.ts";
import { rankingMetric } from "./ranking-metric.ts";

export const rocAuc = rankingMetric(
  {
    id: "roc_auc",
    title: "ROC AUC",
    docs: "Probability that a random row of the class gets a higher probability than a random other row, ties counting half. More than two classes: plain mean over the classes, each against the rest. Undefined when a class has no rows.",
  },
  rocAucRanked,
);
