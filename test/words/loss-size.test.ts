import { expect, it } from "vitest";
import { type Loss, largestFirst, lossSize } from "../../src/words/loss-size.ts";

const loss = (metric: string, base: number | null, difference: number | null): Loss => ({ metric, base, difference });

it.each<[what: string, given: Loss, size: number]>([
  ["a share of the range", loss("roc_auc", 0.8, -0.25), 0.25],
  ["of a wider range", loss("matthews_corrcoef", 0.5, -0.5), 0.25],
  ["of the base where the range has no end", loss("root_mean_squared_error", 200, 50), 0.25],
  ["of the base, below zero as well", loss("r2", -2, -0.5), 0.25],
  ["of a base of nothing", loss("log_loss", 0, 0.5), Number.POSITIVE_INFINITY],
  ["of a metric that nobody knows", loss("old", 4, 1), 0.25],
  ["no difference", loss("roc_auc", 0.8, null), 0],
  ["nothing at all", loss("log_loss", 0, 0), 0],
])("%s", (_, given, size) => {
  expect(lossSize(given)).toBe(size);
});

it("the largest first, whatever the unit", () => {
  const losses = [
    loss("root_mean_squared_error", 1000, 100),
    loss("roc_auc", 0.8, -0.3),
    loss("log_loss", null, 0.1),
    loss("recall", 0.6, -0.2),
  ];
  expect(losses.toSorted(largestFirst).map(({ metric }) => metric)).toEqual([
    "log_loss",
    "roc_auc",
    "recall",
    "root_mean_squared_error",
  ]);
});
