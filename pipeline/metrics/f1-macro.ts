import { f1Of } from "./class-counts.ts";
import { macroMetric } from "./macro-metric.ts";

export const f1Macro = macroMetric(
  {
    id: "f1_macro",
    title: "F1, macro",
    docs: "Plain mean of every occurring class's F1, where F1 = 2 TP / (2 TP + FP + FN).",
  },
  f1Of,
);
