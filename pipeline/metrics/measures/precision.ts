import { precisionOf } from "../class-counts.ts";
import { positiveClassMetric } from "../positive-class-metric.ts";

export default positiveClassMetric(
  {
    id: "precision",
    title: "Precision",
    docs: "Of the rows predicted positive, the share that is: TP / (TP + FP). Zero when nothing is predicted positive, as in scikit-learn; undefined when no row is positive.",
    order: 30,
  },
  precisionOf,
);
