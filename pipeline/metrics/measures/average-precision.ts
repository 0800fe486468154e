import { averagePrecision } from "../../stats/average-precision.ts";
import { rankingMetric } from "../ranking-metric.ts";

export default rankingMetric(
  {
    id: "average_precision",
    title: "Average precision",
    docs: "Area under the precision-recall curve as a step function: Σ (R_k − R_{k−1}) P_k over the distinct probabilities. More than two classes: plain mean over the classes, each against the rest. Undefined when a class has no rows.",
    order: 100,
    aliases: ["ap", "pr auc", "auprc"],
    smoothness: "skewed",
  },
  averagePrecision,
);
