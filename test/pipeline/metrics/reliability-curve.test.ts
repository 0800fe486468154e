import { describe, expect, it } from "vitest";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import { prepareReliabilityCurve } from "../../../pipeline/metrics/reliability-curve.ts";
import reference from "../../fixtures/reference/ranking.json" with { type: "json" };
import { binaryScored } from "../../support/scored.ts";
import { expectClose } from "../stats/close-to.ts";

describe(`against scikit-learn ${reference.versions["scikit-learn"]}`, () => {
  it.each(reference.cases)("$name", ({ scores, positives, curve }) => {
    const scored = binaryScored(positives, scores);
    const filled = prepareReliabilityCurve(scored)().filter(({ rows }) => rows > 0);
    expect(filled.length).toBe(curve[0]!.length);
    for (const [i, { promised, happened }] of filled.entries()) {
      expectClose(happened, curve[0]![i]!, 1e-12);
      expectClose(promised, curve[1]![i]!, 1e-12);
    }
    const gaps = filled.map(({ rows, promised, happened }) => rows * Math.abs(happened! - promised!));
    const error = gaps.reduce((sum, gap) => sum + gap, 0) / scores.length;
    expectClose(metrics.get("expected_calibration_error")!.compute(scored).value, error, 1e-12);
  });
});

describe("reliability curve", () => {
  const scored = binaryScored([0, 1, 1, 1, 0], [0.02, 0.08, 0.62, 0.66, 1]);

  it("sets what was promised beside what happened", () => {
    const curve = prepareReliabilityCurve(scored)();
    expect(curve.filter((bin) => bin.rows > 0)).toEqual([
      { low: 0, high: 0.1, rows: 2, promised: 0.05, happened: 0.5 },
      { low: 0.6, high: 0.7, rows: 2, promised: 0.64, happened: 1 },
      { low: 0.9, high: 1, rows: 1, promised: 1, happened: 0 },
    ]);
    expect(curve).toHaveLength(10);
  });

  it("gives the expected calibration error: gaps 0.45, 0.36 and 1 over 2, 2 and 1 of 5 rows", () => {
    const answer = metrics.get("expected_calibration_error")!.compute(scored);
    expect(answer.value).toBeCloseTo((2 * 0.45 + 2 * 0.36 + 1) / 5, 12);
  });

  it("puts an edge into the bin below it and 0 into the first", () => {
    const edges = Array.from({ length: 11 }, (_, i) => i / 10);
    const none = edges.map(() => 0);
    const bins = prepareReliabilityCurve(binaryScored(none, edges))();
    expect(bins.map(({ rows }) => rows)).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it("weighs rows as repeated rows", () => {
    const weighted = prepareReliabilityCurve(binaryScored([0, 1, 1], [0.1, 0.2, 0.9]))(Float64Array.of(2, 1, 3));
    const repeated = binaryScored([0, 0, 1, 1, 1, 1], [0.1, 0.1, 0.2, 0.9, 0.9, 0.9]);
    const expected = prepareReliabilityCurve(repeated)();
    expect(weighted.map(({ rows, happened }) => [rows, happened])).toEqual(
      expected.map(({ rows, happened }) => [rows, happened]),
    );
    for (const [i, { promised }] of weighted.entries()) expectClose(promised ?? 0, expected[i]!.promised ?? 0, 1e-12);
  });
});
