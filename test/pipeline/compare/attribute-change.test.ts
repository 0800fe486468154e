import { describe, expect, it } from "vitest";
import type { CrossRuns } from "../../../pipeline/compare/attribute-change.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { attributeByKey } from "../../support/matches.ts";
import { aRun, type HoldoutRow } from "../../support/runs.ts";

/** Rows of a model whose noise is the sum of what the data and the experiment bring. */
function rows(noise: number, count = 400): HoldoutRow[] {
  const truth = createRandom("truth");
  const random = createRandom("noise");
  return Array.from({ length: count }, (_, i) => {
    const signal = truth.normal();
    const actual = truth.uniform() < 1 / (1 + Math.exp(-2 * signal)) ? "yes" : "no";
    const says = 1 / (1 + Math.exp(-2 * (signal + noise * random.normal())));
    return { key: `k${i}`, actual, says: [1 - says, says] };
  });
}

const runs = (data: number, experiment: number): CrossRuns => ({
  neither: aRun(rows(0.2)),
  data: aRun(rows(0.2 + data)),
  experiment: aRun(rows(0.2 + experiment)),
  both: aRun(rows(0.2 + data + experiment)),
});

const options = { metrics: ["roc_auc", "log_loss"], level: 0.95, seed: 1, resamples: 200 };

describe("attributeChange", () => {
  const attribution = attributeByKey(runs(1, 0), options);

  it("gives everything to the data when the experiment does nothing", () => {
    expect(attribution).toEqual({
      rows: 400,
      reason: null,
      metrics: ["ROC AUC", "Log loss"].map((title) => ({
        metric: title === "ROC AUC" ? "roc_auc" : "log_loss",
        title,
        direction: title === "ROC AUC" ? "higher" : "lower",
        total: expect.any(Number),
        data: {
          difference: expect.any(Number),
          interval: { low: expect.any(Number), high: expect.any(Number), level: 0.95 },
        },
        experiment: { difference: 0, interval: { low: 0, high: 0, level: 0.95 } },
        interaction: 0,
        reason: null,
      })),
    });
    const [area] = attribution.metrics;
    expect(area!.data!.difference).toBeCloseTo(area!.total!, 12);
    expect([area!.total! < -0.02, area!.data!.interval!.high < 0]).toEqual([true, true]);
  });

  it("adds up to the total when both changed", () => {
    const { metrics } = attributeByKey(runs(0.5, 0.3), options);
    for (const { total, data, experiment } of metrics) {
      expect(data!.difference + experiment!.difference).toBeCloseTo(total!, 12);
    }
  });

  it("negates every part when base and head are swapped", () => {
    const { neither, data, experiment, both } = runs(0.5, 0.3);
    const forth = attributeByKey({ neither, data, experiment, both }, options).metrics;
    const back = attributeByKey({ neither: both, data: experiment, experiment: data, both: neither }, options).metrics;
    const parts = (metrics: typeof forth, sign: number) =>
      metrics.map((metric) =>
        [metric.total, metric.data!.difference, metric.experiment!.difference].map((part) => sign * part!),
      );
    expect(
      parts(back, -1)
        .flat()
        .map((value, i) => Math.abs(value - parts(forth, 1).flat()[i]!) < 1e-12),
    ).not.toContain(false);
  });

  it("uses the rows that all four share", () => {
    const given = runs(1, 0);
    const fewer = {
      ...given,
      data: aRun(
        rows(1.2)
          .map((one, row) => ({ ...one, row }))
          .slice(100),
      ),
      experiment: aRun(rows(0.2).slice(0, 300)),
    };
    expect(attributeByKey(fewer, options).rows).toBe(200);
  });

  it.each([
    {
      why: "too few shared rows",
      change: { data: aRun(rows(1).slice(0, 19)) },
      expected: { rows: 19, reason: "only 19 hold-out rows are shared; 20 are needed", metrics: [] },
    },
    {
      why: "another task",
      change: {
        data: aRun(
          rows(1).map(({ key }) => ({ key, actual: 1, says: 1 })),
          { classes: [] },
        ),
      },
      expected: { rows: 400, reason: "the task or the target differs between the sides", metrics: [] },
    },
    {
      why: "other classes",
      change: {
        data: aRun(
          rows(1).map((row) => ({ ...row, actual: row.actual === "no" ? "0" : "1" })),
          { classes: ["0", "1"] },
        ),
      },
      expected: { rows: 400, reason: "the values of the target differ", metrics: [] },
    },
  ])("says why not with $why", ({ change, expected }) => {
    expect(attributeByKey({ ...runs(1, 0), ...change }, options)).toEqual(expected);
  });

  it("says which metric has no value", () => {
    const onlyNo = (noise: number) => aRun(rows(noise).map((row) => ({ ...row, actual: "no" })));
    const given = { neither: onlyNo(0.2), data: onlyNo(0.4), experiment: onlyNo(0.6), both: onlyNo(0.8) };
    expect(attributeByKey(given, { ...options, metrics: ["roc_auc"] }).metrics).toEqual([
      {
        metric: "roc_auc",
        title: "ROC AUC",
        direction: "higher",
        total: null,
        data: null,
        experiment: null,
        interaction: null,
        reason: "a combination has no value: no row belongs to the class that is ranked",
      },
    ]);
  });
});
