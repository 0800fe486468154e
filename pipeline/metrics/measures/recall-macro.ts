import { recallOf } from "../class-counts.ts";
import { macroMetric } from "../macro-metric.ts";

export default macroMetric(
  {
    id: "recall_macro",
    title: "Recall, macro",
    docs: "Plain mean of every occurring class's recall; a class that is predicted but never actual counts as zero.",
    order: 70,
    aliases: ["macro recall"],
  },
  recallOf,
);
