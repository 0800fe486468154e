import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric, Scored } from "../../../pipeline/metrics/metric.ts";
import { metrics, metricsFor } from "../../../pipeline/metrics/registry.ts";
import { binaryScored, multiclassScored, regressionScored } from "../../support/scored.ts";

const degenerate: [string, Scored][] = [
  ["no rows, binary", binaryScored([], [])],
  ["no rows, three classes", multiclassScored([], [])],
  ["no rows, regression", regressionScored([], [])],
  ["one positive row", binaryScored([1], [0.7])],
  ["one negative row", binaryScored([0], [0.7])],
  ["only negatives, none predicted positive", binaryScored([0, 0, 0], [0.1, 0.2, 0.3])],
  ["only positives, none predicted positive", binaryScored([1, 1, 1], [0.1, 0.2, 0.3])],
  ["certain and wrong", binaryScored([1, 0], [0, 1])],
  ["one probability for all", binaryScored([1, 0, 1], [0.5, 0.5, 0.5])],
  ["no positive class declared", { ...binaryScored([1, 0], [0.4, 0.6]), positive: null }],
  ["probabilities that are not numbers", binaryScored([1, 0], [Number.NaN, 0.5])],
  [
    "one of three classes present",
    multiclassScored(
      [2, 2],
      [
        [0.2, 0.3, 0.5],
        [1, 0, 0],
      ],
    ),
  ],
  ["one regression row", regressionScored([3], [2])],
  ["constant target", regressionScored([3, 3, 3], [2, 3, 4])],
  ["constant target that rounds badly", regressionScored([0.1, 0.1, 0.1], [0.1, 0.1, 0.2])],
  ["zero target", regressionScored([0, 1], [0.5, 1])],
  ["infinite prediction", regressionScored([1, 2], [Number.POSITIVE_INFINITY, 2])],
  ["huge values", regressionScored([1e300, -1e300], [-1e300, 1e300])],
];

describe.each([...metrics.values()])("$id", (metric: Metric) => {
  it("describes itself", () => {
    expect(metric.id).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(metric.title).not.toBe("");
    expect(metric.docs).toMatch(/\.$/);
    expect(metric.tasks.length).toBeGreaterThan(0);
  });

  it.each(degenerate)("has an answer for: %s", (_, scored) => {
    const answer = metric.compute(scored);
    if (answer.value === null) expect(answer.reason).toMatch(/\w/);
    else expect(answer.value).toSatisfy(Number.isFinite);
    expect(metric.prepare!(scored)(new Float64Array(scored.actual.length).fill(1))).toEqual(
      scored.actual.length === 0 ? expect.objectContaining({ value: null }) : answer,
    );
  });

  it("answers with a reason when every row has weight zero", () => {
    const scored = anyOf(metric, [0, 1, 0, 1]);
    expect(metric.compute(scored, new Float64Array(4))).toEqual({
      value: null,
      reason: "every row has weight zero",
    });
  });

  it("answers with a reason for a task that is not its own", () => {
    const other = metric.tasks.includes("regression") ? binaryScored([1], [1]) : regressionScored([1], [1]);
    expect(metric.compute(other)).toEqual({ value: null, reason: `it is not defined for ${other.task} tasks` });
  });

  it("counts a row of weight n as n rows", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(100), fc.nat(3)), { minLength: 1, maxLength: 25 }), (rows) => {
        const copied = rows.flatMap((row) => Array.from({ length: row[2] }, () => row));
        const weights = Float64Array.from(rows, (row) => row[2]);
        if (copied.length === 0) return;
        const weighted = metric.prepare!(anyOf(metric, ...columns(rows)))(weights);
        const expanded = metric.compute(anyOf(metric, ...columns(copied)));
        if (expanded.value === null) expect(weighted.value).toBeNull();
        else expect(weighted.value).toBeCloseTo(expanded.value, 10);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(100), fc.nat(3)), { minLength: 1, maxLength: 25 }), (rows) => {
        const forward = metric.compute(anyOf(metric, ...columns(rows)));
        const backward = metric.compute(anyOf(metric, ...columns([...rows].reverse())));
        if (forward.value === null) expect(backward).toEqual(forward);
        else expect(backward.value).toBeCloseTo(forward.value, 10);
      }),
      { seed: 6, numRuns: 40 },
    );
  });
});

describe("the registry", () => {
  it("lists each metric under its id and shows these for each task", () => {
    expect([...metrics.keys()]).toEqual([...metrics.values()].map((metric) => metric.id));
    expect(metricsFor("regression").map((metric) => metric.id)).toEqual([
      "mean_absolute_error",
      "root_mean_squared_error",
      "median_absolute_error",
      "mean_absolute_percentage_error",
      "mean_pinball_loss_10",
      "mean_pinball_loss_90",
      "r2",
    ]);
    expect(metricsFor("multiclass").map((metric) => metric.id)).toEqual([
      "accuracy",
      "balanced_accuracy",
      "precision_macro",
      "recall_macro",
      "f1_macro",
      "roc_auc",
      "average_precision",
      "log_loss",
      "brier_score",
      "expected_calibration_error",
      "matthews_corrcoef",
    ]);
  });
});

function columns(rows: readonly (readonly [number, number, number])[]): [number[], number[]] {
  return [rows.map(([label]) => label), rows.map(([, percent]) => percent / 100)];
}

/** Rows of the kind that the metric is for, made from labels 0–2 and shares. */
function anyOf(metric: Metric, labels: number[], shares: number[] = labels.map((label) => label / 4)): Scored {
  if (metric.tasks.includes("regression")) return regressionScored(labels, shares);
  if (metric.tasks.includes("multiclass")) {
    return multiclassScored(
      labels,
      shares.map((share) => [share, (1 - share) * 0.75, (1 - share) * 0.25]),
    );
  }
  return binaryScored(
    labels.map((label) => Math.min(label, 1)),
    shares,
  );
}
