import { recallOf } from "../class-counts.ts";
import { positiveClassMetric } from "../positive-class-metric.ts";

export default positiveClassMetric(
  {
    id: "recall",
    title: "Recall",
    docs: "Of the positive rows, the share that was found: TP / (TP + FN). Undefined when no row is positive.",
    order: 40,
    aliases: ["sensitivity", "true positive rate", "tpr"],
  },
  recallOf,
);
