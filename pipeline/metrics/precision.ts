import { precisionOf } from "./class-counts.ts";
import { positiveClassMetric } from "./positive-class-metric.ts";

export const precision = positiveClassMetric(
  {
    id: "precision",
    title: "Precision",
    docs: "Of the rows predicted positive, the share that is: TP / (TP + FP). Zero when nothing is predicted positive, as in scikit-learn; undefined when no row is positive.",
  },
  precisionOf,
);
