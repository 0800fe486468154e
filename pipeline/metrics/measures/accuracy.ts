import { meanMetric } from "../mean-metric.ts";
import { perRow } from "../row-loss.ts";

export default meanMetric(
  {
    id: "accuracy",
    title: "Accuracy",
    docs: "Share of rows whose predicted class is the actual class.",
    order: 10,
    aliases: ["acc"],
    tasks: ["binary", "multiclass"],
    needs: "labels",
    direction: "higher",
    range: [0, 1],
    pairedTest: "mcnemar",
  },
  {
    // one less for a row that is right: unlike 1 − the share of errors, its mean is exact
    of: ({ actual, predicted }) => perRow(actual, (value, row) => (value === predicted[row] ? -1 : 0)),
    value: ([mean]) => 0 - mean!,
    gradient: () => [-1],
    linear: true,
  },
);
