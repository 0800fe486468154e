import { describe, expect, it } from "vitest";
import { labelCells } from "../../../pipeline/compare/label-cells.ts";
import type { PairedSample } from "../../../pipeline/compare/paired-sample.ts";
import type { Scored } from "../../../pipeline/metrics/metric.ts";
import { metricsFor } from "../../../pipeline/metrics/registry.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";

const random = createRandom("cells");
const labels = (count: number) => Int32Array.from({ length: count }, () => random.below(3));

function sampleOf(count: number): PairedSample {
  const actual = labels(count);
  const side = (): Scored => ({
    task: "multiclass",
    actual,
    predicted: labels(count),
    probabilities: new Float64Array(3 * count),
    classes: 3,
    positive: null,
  });
  const none = new Int32Array(0);
  return { rows: count, base: side(), head: side(), baseRows: none, headRows: none };
}

describe("labelCells", () => {
  const sample = sampleOf(500);
  const cells = labelCells(sample);
  const drawn = () => Float64Array.from({ length: 500 }, () => random.below(4));

  it("has one cell per distinct triple of labels", () => {
    expect(cells.base.actual.length).toBe(27);
  });

  it.each(metricsFor("multiclass").filter((metric) => metric.needs === "labels"))(
    "gives $id the value it has on the rows, draw after draw",
    (metric) => {
      for (const weights of [drawn(), drawn(), new Float64Array(500).fill(1)]) {
        const ours = [cells.base, cells.head].map((side) => metric.compute(side, cells.weigh(weights)));
        expect(ours).toEqual([sample.base, sample.head].map((side) => metric.compute(side, weights)));
      }
    },
  );

  it("has no cells without rows", () => {
    const empty = labelCells(sampleOf(0));
    expect([empty.base.actual.length, empty.weigh(new Float64Array(0)).length]).toEqual([0, 0]);
  });
});
