import { precisionOf } from "../class-counts.ts";
import { macroMetric } from "../macro-metric.ts";

export default macroMetric(
  {
    id: "precision_macro",
    title: "Precision, macro",
    docs: "Plain mean of every occurring class's precision; a class that is never predicted counts as zero.",
    order: 60,
    aliases: ["macro precision"],
  },
  precisionOf,
);
