import { describe, expect, it } from "vitest";
import type { Caution } from "../../../pipeline/compare/comparison.ts";
import type { Evidence } from "../../../pipeline/compare/evidence.ts";
import { judgeMetrics } from "../../../pipeline/compare/judge-metrics.ts";
import { measureMetrics } from "../../../pipeline/compare/measure-metric.ts";
import type { PairedSample } from "../../../pipeline/compare/paired-sample.ts";
import type { Scored } from "../../../pipeline/metrics/metric.ts";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aSample } from "../../support/paired-samples.ts";

/** `positives` rows of the positive class, then the others; `noise` hides the class from a side. */
function sampleOf(rows: number, positives: number, noise: { base: number; head: number }): PairedSample {
  const random = createRandom("measure");
  const actual = Int32Array.from({ length: rows }, (_, row) => (row < positives ? 1 : 0));
  const side = (hidden: number): Scored => {
    const says = Array.from(actual, (label) => 1 / (1 + Math.exp(-(label - 0.5) * 3 - hidden * random.normal())));
    return {
      task: "binary",
      actual,
      predicted: Int32Array.from(says, (p) => (p > 0.5 ? 1 : 0)),
      probabilities: Float64Array.from(says.flatMap((p) => [1 - p, p])),
      classes: 2,
      positive: 1,
    };
  };
  const none = new Int32Array(0);
  return { rows, base: side(noise.base), head: side(noise.head), baseRows: none, headRows: none };
}

const options = { level: 0.95, resamples: 300, seed: 1 };
const chosen = (...ids: string[]) => ids.map((id) => metrics.get(id)!);
const evidence = (sample: PairedSample, ...ids: string[]) =>
  Object.fromEntries(measureMetrics(sample, chosen(...ids), options).map((one) => [one.metric.id, one]));

describe("measureMetrics", () => {
  it("resamples each class by itself where a metric needs both: one positive row is enough for an interval", () => {
    const { average_precision: precision, roc_auc: area } = evidence(
      sampleOf(60, 1, { base: 0.5, head: 2 }),
      "average_precision",
      "roc_auc",
    );
    expect([precision!.interval, precision!.reason, area!.interval, area!.test]).toEqual([
      { low: expect.any(Number), high: expect.any(Number), level: 0.95 },
      null,
      { low: expect.any(Number), high: expect.any(Number), level: 0.95 },
      "paired permutation",
    ]);
  });

  it("resolves p far below what 300 resamples could show, so that a correction over many slices can pass", () => {
    const { log_loss: loss } = evidence(sampleOf(2000, 1000, { base: 0.2, head: 4 }), "log_loss");
    expect([loss!.p! < 1e-10, loss!.p! > 0]).toEqual([true, true]);
  });

  it.each([1e155, 1e300])("has no interval that is infinite for values of %d", (size) => {
    const { rows, base, head, baseRows, headRows } = aSample("regression", 100, { base: 1, head: 1.2 });
    const huge = (side: Scored): Scored => ({
      ...side,
      actual: Float64Array.from(side.actual, (value) => value * size),
      predicted: Float64Array.from(side.predicted, (value) => value * size),
    });
    const sample = { rows, base: huge(base), head: huge(head), baseRows, headRows };
    const found = measureMetrics(sample, chosen("mean_absolute_error", "root_mean_squared_error", "r2"), options);
    const numbers = found.flatMap(({ difference, interval, p, standardError }) => [
      difference,
      interval?.low ?? null,
      interval?.high ?? null,
      p,
      standardError,
    ]);
    expect(numbers.filter((number) => number !== null && !Number.isFinite(number))).toEqual([]);
    expect(found[0]!.base.value).toBeGreaterThan(size / 1e3);
    if (size === 1e300) expect(found[0]!.reason).toBe("its values are too large to calculate with");
  });

  it("tells by swaps where few rows decide, and says which share they have", () => {
    const sample = aSample("regression", 100, { base: 1, head: 1 });
    const predicted = sample.head.predicted.map((value, row) => (row < 2 ? value + 100 : value)) as Float64Array;
    const found = evidence({ ...sample, head: { ...sample.head, predicted } }, "root_mean_squared_error");
    const { caution, test, p } = found.root_mean_squared_error!;
    expect([test, caution]).toEqual([
      "paired permutation",
      { kind: "few-rows", unit: "row", count: expect.any(Number), of: 100, share: expect.any(Number) },
    ]);
    // both rows may as well have been the base's
    expect(p).toBeGreaterThan(0.4);
  });

  it("reaches no further than a metric can change, and no change that large would have shown", () => {
    // the base calls one row positive and is right, the head none
    const { base, head, ...sample } = aSample("binary", 60);
    const labels = (right: number) => Int32Array.from(base.actual, (_, row) => (row < right ? 1 : 0));
    const side = (right: number): Scored => ({ ...base, actual: labels(3), predicted: labels(right) });
    const given = { ...sample, base: side(1), head: side(0) };
    const [judged] = judgeMetrics([measureMetrics(given, chosen("precision"), options)], { metrics: {}, level: 0.95 });
    expect(judged![0]).toMatchObject({ difference: -1, interval: { low: -1 }, smallestDetectable: null });
  });

  it("is certain of a metric that no row counts for on which the models disagree", () => {
    const { base, ...sample } = sampleOf(400, 200, { base: 0.5, head: 0.5 });
    // rows from 200 on are negative, so that no recall depends on them
    const predicted = base.predicted.map((label, row) => (row >= 398 ? 1 - label : label)) as Int32Array;
    const given = { ...sample, base, head: { ...base, predicted } };
    const gates = { recall: { tolerance: 0.02 }, precision: { tolerance: 0.02 } };
    const [judged] = judgeMetrics([measureMetrics(given, chosen("precision", "recall"), options)], {
      metrics: gates,
      level: 0.95,
    });
    expect(judged!.map(({ metric, caution, verdict }) => [metric, caution?.kind, verdict])).toEqual([
      ["precision", "few-disagreements", "underpowered"],
      ["recall", undefined, "no-detectable-change"],
    ]);
  });

  it.each([
    [3, { kind: "few-rows", unit: "row", count: 2, of: 200, share: expect.any(Number) }, 0.25],
    [5, null, 2 / 32],
  ])("calls a model no worse than a perfect one for %d rows that it gets wrong", (wrong, caution, p) => {
    const { base, ...sample } = aSample("regression", 200);
    const perfect = { ...base, predicted: base.actual };
    const predicted = Float64Array.from(base.actual, (value, row) => value + (row < wrong ? 1 : 0));
    const head = { ...sample.head, predicted };
    const { root_mean_squared_error: found } = evidence({ ...sample, base: perfect, head }, "root_mean_squared_error");
    expect([found!.test, found!.caution, found!.p]).toEqual(["paired permutation", caution, p]);
  });

  it.each([
    ["accuracy", "exact McNemar", "studentized bootstrap of groups"],
    ["roc_auc", "DeLong", "paired bootstrap of groups"],
    ["f1", "paired bootstrap", "paired bootstrap of groups"],
    ["brier_score", "studentized bootstrap", "studentized bootstrap of groups"],
  ])("judges %s by %s, and rows in groups by %s", (id, alone, grouped) => {
    const sample = aSample("binary", 200);
    const groups = Int32Array.from({ length: 200 }, (_, row) => row % 50);
    expect([evidence(sample, id)[id]!.test, evidence({ ...sample, groups }, id)[id]!.test]).toEqual([alone, grouped]);
  });

  it("draws the standard error of many rows less often, to about the same", () => {
    const sample = aSample("binary", 60_000);
    const width = (resamples: number) => {
      const [{ interval }] = measureMetrics(sample, chosen("f1"), { ...options, resamples }) as [Evidence];
      return interval!.high - interval!.low;
    };
    expect(width(2000)).toBe(width(667));
    expect(Math.abs(width(2000) / width(400) - 1)).toBeLessThan(0.15);
  });

  it.each([
    { rows: 0, reason: null, base: { value: null, reason: "there are no rows" } },
    { rows: 19, reason: "only 19 rows; a comparison needs 20", base: { value: expect.any(Number) } },
  ])("of $rows rows has no interval", ({ rows, reason, base }) => {
    const { log_loss: loss } = evidence(sampleOf(rows, 5, { base: 1, head: 1 }), "log_loss");
    expect(loss).toMatchObject({ base, interval: null, p: null, standardError: null, reason });
  });
});

describe("judgeMetrics", () => {
  const measured = measureMetrics(sampleOf(400, 200, { base: 1, head: 1.2 }), chosen("roc_auc", "log_loss"), options);
  const smallest = (gates: string[]) => {
    const tolerances = Object.fromEntries(gates.map((id) => [id, { tolerance: 0.01 }]));
    const [judged] = judgeMetrics([measured], { metrics: tolerances, level: 0.95 });
    return judged!.map(({ smallestDetectable }, i) => smallestDetectable! / measured[i]!.standardError!);
  };

  it.each([
    { gates: [], factors: [2.8016, 2.8016] },
    { gates: ["roc_auc"], factors: [2.8016, 2.8016] },
    { gates: ["roc_auc", "log_loss"], factors: [3.083, 3.083] },
  ])("with the gates $gates detects $factors standard errors at 80 % power", ({ gates, factors }) => {
    expect(smallest(gates)).toEqual(factors.map((factor) => expect.closeTo(factor, 3)));
  });

  it.each<[Caution | null, number]>([
    [null, 1],
    [{ kind: "few-rows", unit: "row", count: 2, of: 400, share: 0.6 }, 2],
    [{ kind: "rare-class", rows: 9 }, 2],
    [{ kind: "biased", rows: 400 }, 1],
    [{ kind: "uneven-groups", groups: 30, alike: 6 }, 2],
  ])("with the caution %o detects %d times what the standard error promises", (caution, times) => {
    const group = measured.map((one) => ({ ...one, caution }));
    const [judged] = judgeMetrics([group], { metrics: {}, level: 0.95 });
    expect(judged!.map(({ smallestDetectable }, i) => smallestDetectable! / measured[i]!.standardError!)).toEqual(
      measured.map(() => expect.closeTo(2.8016 * times, 3)),
    );
    expect(judged!.map((one) => one.caution ?? null)).toEqual(measured.map(() => caution));
  });

  it("knows no detectable change of groups of which one has most rows", () => {
    const caution: Caution = { kind: "uneven-groups", groups: 30, alike: 5 };
    const [judged] = judgeMetrics([measured.map((one) => ({ ...one, caution }))], { metrics: {}, level: 0.95 });
    expect(judged!.map(({ smallestDetectable }) => smallestDetectable)).toEqual(measured.map(() => null));
  });

  const [first] = measured;
  const evidenceOf = (p: number, difference: number, id = "roc_auc", base = 0.8): Evidence => ({
    ...first!,
    metric: metrics.get(id)!,
    base: { value: base },
    head: { value: base + difference },
    difference,
    interval: { low: difference - 1e-6, high: difference + 1e-6, level: 0.95 },
    p,
  });
  const judgeFree = (group: Evidence[]) =>
    judgeMetrics([group], { metrics: {}, level: 0.95 })[0]!.map(({ q, adjustedP, verdict }) => [q, adjustedP, verdict]);

  it("corrects the metrics that are not gated by Benjamini and Hochberg", () => {
    expect(judgeFree([evidenceOf(0.04, -0.1), evidenceOf(0.5, -0.1), evidenceOf(0.01, -0.1)])).toEqual([
      [expect.closeTo(0.06, 12), null, "no-detectable-change"],
      [0.5, null, "no-detectable-change"],
      [expect.closeTo(0.03, 12), null, "regressed"],
    ]);
  });

  it.each([
    ["roc_auc", 0.8, -0.0004, "no-detectable-change"],
    ["roc_auc", 0.8, -0.0006, "regressed"],
    ["mean_absolute_error", 10_000, 4, "no-detectable-change"],
    ["mean_absolute_error", 10_000, 6, "regressed"],
    ["mean_absolute_error", 0.001, 0.0001, "regressed"],
  ])("a certain worsening of %s from %d by %d is %s when nobody gates it", (id, base, difference, verdict) => {
    expect(judgeFree([evidenceOf(1e-9, difference, id, base)]).map(([, , found]) => found)).toEqual([verdict]);
  });
});

describe("rounding", () => {
  const ids = ["mean_absolute_error", "root_mean_squared_error", "median_absolute_error"];
  const inUnits = (unit: number, change: (value: number, row: number) => number) => {
    const { base, ...sample } = aSample("regression", 200, { base: 1, head: 1 });
    const actual = Float64Array.from(base.actual, (value) => value * unit);
    const side = (predicted: ArrayLike<number>): Scored => ({
      ...base,
      actual,
      predicted: Float64Array.from(predicted),
    });
    const told = Array.from(base.predicted, (value) => value * unit);
    const worse = told.map((value, row) => actual[row]! + (value - actual[row]!) * change(value, row));
    return judgeMetrics([measureMetrics({ ...sample, base: side(told), head: side(worse) }, chosen(...ids), options)], {
      metrics: Object.fromEntries(ids.map((id) => [id, { tolerance: 0 }])),
      level: 0.95,
    })[0]!;
  };

  it.each([1e-13, 1, 1e9])("makes no difference in units of %d", (unit) => {
    expect(
      inUnits(unit, () => 1 + 3e-11).map(({ difference, interval, p, verdict }) => [difference, interval, p, verdict]),
    ).toEqual(ids.map(() => [0, { low: 0, high: 0, level: 0.95 }, 1, "no-detectable-change"]));
  });

  it.each([1e-13, 1, 1e9])("hides no difference in units of %d", (unit) => {
    expect(inUnits(unit, () => 1.5).map(({ verdict }) => verdict)).toEqual(ids.map(() => "regressed"));
  });
});
