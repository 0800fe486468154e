import { describe, expect, it } from "vitest";
import { rowLosses, rowLossMetric } from "../../../pipeline/compare/row-loss.ts";
import type { Scored } from "../../../pipeline/metrics/metric.ts";
import { metrics } from "../../../pipeline/metrics/registry.ts";

const cases: { why: string; scored: Scored; losses: number[] }[] = [
  {
    why: "two classes",
    scored: {
      task: "binary",
      actual: Int32Array.of(1, 0),
      predicted: Int32Array.of(1, 1),
      probabilities: Float64Array.of(0.25, 0.75, 0.5, 0.5),
      classes: 2,
      positive: 1,
    },
    losses: [0.0625, 0.25],
  },
  {
    why: "three classes",
    scored: {
      task: "multiclass",
      actual: Int32Array.of(2),
      predicted: Int32Array.of(2),
      probabilities: Float64Array.of(0.25, 0.25, 0.5),
      classes: 3,
      positive: null,
    },
    losses: [0.375],
  },
  {
    why: "a regression",
    scored: {
      task: "regression",
      actual: Float64Array.of(1, 5),
      predicted: Float64Array.of(3, 4),
      probabilities: new Float64Array(0),
      classes: 0,
      positive: null,
    },
    losses: [2, 1],
  },
];

describe("rowLosses", () => {
  it.each(cases)("of $why, whose mean is the metric that stands for them", ({ scored, losses }) => {
    const answer = [...rowLosses(scored)];
    const mean = answer.reduce((sum, loss) => sum + loss, 0) / answer.length;
    expect([answer, metrics.get(rowLossMetric(scored.task))!.compute(scored)]).toEqual([losses, { value: mean }]);
  });
});
