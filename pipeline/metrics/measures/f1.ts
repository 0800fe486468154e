import { f1Of } from "../class-counts.ts";
import { positiveClassMetric } from "../positive-class-metric.ts";

export default positiveClassMetric(
  {
    id: "f1",
    title: "F1",
    docs: "Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). Undefined when no row is positive.",
    order: 50,
    aliases: ["f1 score"],
  },
  f1Of,
);
