import { ascendingOrder } from "../../stats/radix-sort.ts";
import { defined } from "../../stats/statistic.ts";
import { defineMetric } from "../define-metric.ts";

export default defineMetric(
  {
    id: "median_absolute_error",
    title: "Median absolute error",
    direction: "lower",
    needs: "labels",
    tasks: ["regression"],
    range: [0, Number.POSITIVE_INFINITY],
    smoothness: "order",
    docs: "Median of |actual − predicted|, in units of the target: half of the rows are closer. A few large errors do not move it.",
    order: 170,
  },
  ({ actual, predicted }) => {
    const errors = Float64Array.from(actual, (value, row) => Math.abs(value - predicted[row]!));
    const order = ascendingOrder(errors);
    return (weights) => {
      let total = 0;
      for (let row = 0; row < order.length; row++) total += weights === undefined ? 1 : weights[row]!;
      let passed = 0;
      let lower: number | null = null;
      for (const row of order) {
        const weight = weights === undefined ? 1 : weights[row]!;
        if (weight === 0) continue;
        if (lower !== null) return defined((lower + errors[row]!) / 2);
        passed += weight;
        if (passed > total / 2) return defined(errors[row]!);
        if (passed === total / 2) lower = errors[row]!;
      }
      return defined(lower ?? 0);
    };
  },
);
