import { describe, expect, it } from "vitest";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import reference from "../../fixtures/reference/metrics.json" with { type: "json" };
import { binaryScored, multiclassScored, regressionScored } from "../../support/scored.ts";

describe.each(reference.cases)("$name", (example) => {
  const scored =
    example.task === "binary"
      ? binaryScored(
          example.actual,
          example.probabilities!.map((row) => row[1]!),
        )
      : example.task === "multiclass"
        ? multiclassScored(example.actual, example.probabilities!)
        : regressionScored(example.actual, example.predicted!);

  it.each(Object.entries(example.plain))("%s is scikit-learn's", (id, expected) => {
    expect(metrics.get(id)!.compute(scored).value).toBeCloseTo(expected, 12);
  });

  it.each(Object.entries(example.weighted))("weighted %s is scikit-learn's", (id, expected) => {
    expect(metrics.get(id)!.compute(scored, Float64Array.from(example.weights)).value).toBeCloseTo(expected, 12);
  });
});
