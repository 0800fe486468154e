import { describe, expect, it } from "vitest";
import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import {
  attentionFirst,
  headOnlyRows,
  type MetricLevels,
  type MetricRow,
  toMetricRow,
} from "../../src/report/metric-row.ts";
import { aMetric, aRegression } from "../support/facts.ts";

const block: MetricLevels = { regression: "block", limits: "block" };
const warn: MetricLevels = { regression: "warn", limits: "warn" };
const limits = (min: number | null, max: number | null = null) => ({ tolerance: 0, min, max });

describe("mark, words and whether it is worth showing", () => {
  it.each<[what: string, metric: Partial<MetricComparison>, expected: [MetricRow["mark"], string, boolean]]>([
    ["improved", { verdict: "improved" }, ["✓", "improved, DeLong", true]],
    ["nothing detectable", {}, ["✓", "no detectable change; 0.0013 would have shown", false]],
    ["nothing detectable, power unknown", { smallestDetectable: null }, ["✓", "no detectable change", false]],
    [
      "worse within the tolerance",
      { interval: { low: -0.004, high: -0.001, level: 0.95 } },
      ["!", "worse, within the tolerance of 0.005", true],
    ],
    [
      "higher is worse",
      { direction: "lower", difference: 0.002, interval: { low: 0.001, high: 0.004, level: 0.95 } },
      ["!", "worse, within the tolerance of 0.005", true],
    ],
    [
      "higher is better",
      { difference: 0.002, interval: { low: 0.001, high: 0.004, level: 0.95 }, p: 0.02, adjustedP: 0.06 },
      ["✓", "better, but not beyond doubt once corrected for 3 gated metrics; 0.0013 would have shown", false],
    ],
    [
      "underpowered",
      { verdict: "underpowered", smallestDetectable: 0.03 },
      ["–", "too few rows to tell; 0.0300 would have shown", true],
    ],
    [
      "few rows that decide, gated",
      { caution: { kind: "few-rows", unit: "row", count: 1, of: 1200, share: 0.639 } },
      [
        "✓",
        "no detectable change; 0.0013 would have shown; few rows decide: 1 of 1,200 rows carries 63 % of the variance of this change, so the interval may be too narrow",
        false,
      ],
    ],
    [
      "few rows that decide, not gated and unchanged",
      { caution: { kind: "few-groups", groups: 12 }, gated: false },
      ["✓", "no detectable change; 0.0013 would have shown", false],
    ],
    [
      "worse within the tolerance, but too few rows say by how much",
      {
        ...{
          verdict: "underpowered",
          interval: { low: -0.004, high: -0.001, level: 0.95 },
          p: 0.001,
          adjustedP: 0.003,
        },
        ...{ smallestDetectable: 0.02, caution: { kind: "rare-class", rows: 9 } },
      },
      [
        "–",
        "worse, and perhaps by more than 0.005; 0.0200 would have shown; the rarest class has only 9 rows, so the interval may be too narrow",
        true,
      ],
    ],
    [
      "underpowered and not gated",
      { verdict: "underpowered", smallestDetectable: null, gated: false },
      ["–", "too few rows to tell", false],
    ],
    [
      "a loss beyond the tolerance that Holm's correction leaves open",
      {
        ...{ direction: "lower", verdict: "underpowered", tolerance: 0.01, smallestDetectable: 0.0352 },
        ...{ difference: 0.0217, interval: { low: 0.0016, high: 0.0442, level: 0.95 }, p: 0.032, adjustedP: 0.064 },
      },
      [
        "–",
        "worse by more than 0.01, but not beyond doubt once corrected for 3 gated metrics; 0.0352 would have shown",
        true,
      ],
    ],
    [
      "a loss beyond the tolerance whose interval contains zero",
      { difference: -0.006, interval: { low: -0.013, high: 0.001, level: 0.95 }, smallestDetectable: 0.005 },
      [
        "–",
        "worse by more than 0.005, but not told from chance: the interval contains zero; 0.0050 would have shown",
        true,
      ],
    ],
    [
      "a loss whose test disagrees with its interval",
      {
        ...{ difference: -0.006, interval: { low: -0.013, high: -0.001, level: 0.95 }, smallestDetectable: null },
        ...{ tolerance: 0, p: 0.07, adjustedP: 0.07, test: "exact McNemar" },
      },
      ["–", "worse, but not told from chance: p is 0.0700, exact McNemar", true],
    ],
    [
      "not gated, one of many metrics",
      {
        ...{ gated: false, adjustedP: null, tolerance: 0, smallestDetectable: null },
        ...{ difference: -0.006, interval: { low: -0.013, high: -0.001, level: 0.95 }, p: 0.02, q: 0.08 },
      },
      ["✓", "worse, but not beyond doubt among all the metrics that are not gated", false],
    ],
    [
      "not gated and certain, but tiny",
      {
        ...{ gated: false, adjustedP: null, tolerance: 0, smallestDetectable: null },
        ...{ difference: 0.0003, interval: { low: 0.0002, high: 0.0004, level: 0.95 }, p: 1e-9, q: 1e-8 },
      },
      ["✓", "better, but by too little to matter", false],
    ],
    [
      "a loss that refits with other seeds show too",
      {
        ...{ difference: -0.006, interval: { low: -0.013, high: -0.001, level: 0.95 }, p: 0.01, adjustedP: 0.01 },
        ...{ seedNoise: 0.01, reason: "worse by 0.006, but refits are up to 0.01 apart" },
      },
      ["–", "worse by 0.006, but refits are up to 0.01 apart", true],
    ],
    [
      "a loss without a tolerance and an interval that contains zero",
      { tolerance: 0 },
      ["✓", "no detectable change; 0.0013 would have shown", false],
    ],
    [
      "incomparable and gated",
      { verdict: "incomparable", reason: "the target changed" },
      ["!", "not comparable: the target changed", true],
    ],
    ["incomparable", { verdict: "incomparable", gated: false }, ["–", "not comparable", false]],
  ])("%s", (_, metric, expected) => {
    const { mark, verdict, changed } = toMetricRow(aMetric(metric), limits(null), block, 3);
    expect([mark, verdict, changed]).toEqual(expected);
  });

  it.each<
    [what: string, metric: Partial<MetricComparison>, levels: MetricLevels, mark: MetricRow["mark"], words: string]
  >([
    ["beyond its tolerance", {}, block, "✗", "regressed beyond 0.005, DeLong"],
    ["without a tolerance", { tolerance: 0 }, block, "✗", "regressed, DeLong"],
    ["only warned about", {}, warn, "!", "regressed beyond 0.005, DeLong"],
    ["not gated", { gated: false }, block, "!", "worse, not gated, DeLong"],
  ])("regressed %s", (_, metric, levels, mark, words) => {
    expect(toMetricRow(aRegression(metric), limits(null), levels, 1)).toMatchObject({
      mark,
      verdict: words,
      changed: true,
    });
  });

  it("a broken limit is told beside the comparison", () => {
    const row = (min: number | null, max: number | null, levels: MetricLevels) => {
      const { mark, verdict, changed } = toMetricRow(aMetric({ verdict: "improved" }), limits(min, max), levels, 1);
      return [mark, verdict, changed];
    };
    expect(row(0.95, null, block)).toEqual(["✗", "improved, DeLong; below the minimum 0.95", true]);
    expect(row(null, 0.5, warn)).toEqual(["!", "improved, DeLong; above the maximum 0.5", true]);
    expect(row(0.9, 0.95, block)).toEqual(["✓", "improved, DeLong", true]);
  });

  it.each<[what: string, all: number | null, mark: MetricRow["mark"], words: string]>([
    ["as it is on the compared rows", 0.9091, "✓", "no detectable change"],
    [
      "lower than on the compared rows",
      0.6781,
      "✗",
      "no detectable change; below the minimum 0.9: 0.6781 on all 1,020 hold-out rows of the head",
    ],
    ["unknown", null, "✓", "no detectable change"],
  ])("a limit is judged on all hold-out rows of the head: the value is %s", (_, value, mark, words) => {
    const measured = value === null ? { value, reason: "one class" } : { value };
    const all = { metrics: { roc_auc: measured }, rows: { total: 4000, train: 2980, holdout: 1020, dropped: 0 } };
    const compared = aMetric({ head: 0.9091, smallestDetectable: null });
    expect(toMetricRow(compared, limits(0.9), block, 1, all)).toMatchObject({ mark, verdict: words });
  });

  it("a limit that only the compared rows break is broken, and the own value is told", () => {
    const all = { metrics: { roc_auc: { value: 0.91 } }, rows: { total: 400, train: 300, holdout: 100, dropped: 0 } };
    const compared = aMetric({ head: 0.85, smallestDetectable: null });
    expect(toMetricRow(compared, limits(0.9), block, 1, all)).toMatchObject({
      mark: "✗",
      verdict: "no detectable change; below the minimum 0.9: 0.9100 on all 100 hold-out rows of the head",
    });
  });
});

it("attention first, else as given", () => {
  const rows = (["–", "✓", "!", "✗", "✓", "!"] as const).map((mark, i) => ({ mark, title: `${i}` }) as MetricRow);
  expect(attentionFirst(rows).map(({ title }) => title)).toEqual(["3", "2", "5", "1", "4", "0"]);
  const blind = { mark: "–", title: "blind", changed: true } as MetricRow;
  expect(attentionFirst([...rows, blind]).map(({ title }) => title)).toEqual(["3", "2", "5", "blind", "1", "4", "0"]);
});

it("a model without a base shows its head", () => {
  const values = { roc_auc: { value: 0.9 }, recall: { value: null, reason: "no positive rows" } };
  const rows = headOnlyRows(values, { roc_auc: limits(0.95) }, block);
  expect(rows.map(({ mark, title, head, verdict, gated }) => [mark, title, head, verdict, gated])).toEqual([
    ["✗", "ROC AUC", 0.9, "below the minimum 0.95", true],
    ["–", "Recall", null, "no base", false],
  ]);
});
