import { f1Of } from "../class-counts.ts";
import { macroMetric } from "../macro-metric.ts";

export default macroMetric(
  {
    id: "f1_macro",
    title: "F1, macro",
    docs: "Plain mean of every occurring class's F1, where F1 = 2 TP / (2 TP + FP + FN).",
    order: 80,
    aliases: ["macro f1"],
    roles: { ranking: ["multiclass"] },
  },
  f1Of,
);
