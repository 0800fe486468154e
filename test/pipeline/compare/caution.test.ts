import { describe, expect, it } from "vitest";
import { findCaution } from "../../../pipeline/compare/caution.ts";
import type { PairedSample } from "../../../pipeline/compare/paired-sample.ts";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import { aSample } from "../../support/paired-samples.ts";

const even = Float64Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? 1 : -1));
const led = even.map((value, row) => (row < 2 ? 20 : value));
const sample = aSample("binary", 100);

function withClass(rows: number): PairedSample {
  const actual = Int32Array.from({ length: 100 }, (_, row) => (row < rows ? 1 : 0));
  return { ...sample, base: { ...sample.base, actual }, head: { ...sample.head, actual } };
}

function disagreeing(rows: number): PairedSample {
  const predicted = sample.base.predicted.map((label, row) => (row < rows ? 1 - label : label)) as Int32Array;
  return { ...sample, head: { ...sample.head, predicted } };
}

const inGroups = (count: number): PairedSample => ({
  ...sample,
  groups: Int32Array.from({ length: 100 }, (_, row) => row % count),
});

const oneLarge = (rows: number): PairedSample => ({
  ...sample,
  groups: Int32Array.from({ length: 100 }, (_, row) => Math.max(0, row + 1 - rows)),
});

/** 25 groups of four rows; those of one class fill so many. */
const classIn = (count: number): PairedSample => ({
  ...withClass(4 * count),
  groups: Int32Array.from({ length: 100 }, (_, row) => row >> 2),
});

describe("findCaution", () => {
  it.each<[string, string, PairedSample, Float64Array | null, unknown]>([
    ["nothing", "log_loss", sample, even, null],
    [
      "two rows that make half of the variance",
      "log_loss",
      sample,
      led,
      { kind: "few-rows", unit: "row", count: 2, of: 100, share: 800 / 898 },
    ],
    [
      "two groups that do",
      "mean_absolute_error",
      { ...aSample("regression", 100), groups: Int32Array.from({ length: 100 }, (_, row) => row) },
      led,
      { kind: "few-rows", unit: "group", count: 2, of: 100, share: 800 / 898 },
    ],
    ["leading rows of a bounded loss", "brier_score", sample, led, null],
    ["19 groups", "f1", inGroups(19), null, { kind: "few-groups", groups: 19 }],
    ["20 groups", "f1", inGroups(20), null, null],
    // 30 rows and 70 groups of one: 100² / (30² + 70) = 10.3; 20 rows: 100² / (20² + 80) = 20.8
    ["one group of 30 rows", "accuracy", oneLarge(30), null, { kind: "uneven-groups", groups: 71, alike: 10 }],
    ["one group of 20 rows", "accuracy", oneLarge(20), null, null],
    ["a class in 9 of 25 groups", "recall", classIn(9), null, { kind: "class-in-few-groups", alike: 9 }],
    ["a class in 9 of 25 groups, for a metric that takes all rows alike", "accuracy", classIn(9), null, null],
    ["a class in 10 of 25 groups", "recall", classIn(10), null, null],
    ["19 rows of a class", "roc_auc", withClass(19), null, { kind: "rare-class", rows: 19 }],
    ["20 rows of a class", "roc_auc", withClass(20), null, null],
    ["a rare class, for a metric that does not need it", "accuracy", withClass(2), null, null],
    ["5 disagreements", "f1", disagreeing(5), null, { kind: "few-disagreements", rows: 5 }],
    ["6 disagreements", "f1", disagreeing(6), null, null],
    ["5 disagreements, for a metric of probabilities", "roc_auc", disagreeing(5), null, null],
    ["a calibration error of few rows", "expected_calibration_error", sample, null, { kind: "biased", rows: 100 }],
    ["a calibration error of 4,000 rows", "expected_calibration_error", aSample("binary", 4000), null, null],
    ["20 groups, for a skewed metric", "average_precision", inGroups(20), null, { kind: "few-groups", groups: 20 }],
    ["60 groups, for a skewed metric", "average_precision", inGroups(60), null, null],
  ])("%s (%s)", (_, id, given, influences, expected) => {
    expect(findCaution(metrics.get(id)!, given, influences)).toEqual(expected);
  });
});
