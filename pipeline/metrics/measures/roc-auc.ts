import { rocAucRanked } from "../../stats/roc-auc.ts";
import { rankingMetric } from "../ranking-metric.ts";

export default rankingMetric(
  {
    id: "roc_auc",
    title: "ROC AUC",
    docs: "Probability that a random row of the class gets a higher probability than a random other row, ties counting half. More than two classes: plain mean over the classes, each against the rest. Undefined when a class has no rows.",
    order: 90,
    aliases: ["auc", "auroc", "auc roc", "area under the roc curve"],
    smoothness: "counts",
    pairedTest: "delong",
    roles: { ranking: ["binary"], signal: ["binary", "multiclass"] },
  },
  rocAucRanked,
);
