import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Run } from "../../../pipeline/run.ts";
import { compareByKey } from "../../support/matches.ts";
import { referenceData } from "../../support/reference-data.ts";
import { aRun } from "../../support/runs.ts";

/** Predictions of scikit-learn models on one hold-out; not all of them are part of the repository. */
const sets = ["iris", "penguins", "titanic", "pima_diabetes", "german_credit", "adult"].filter((name) =>
  referenceData(`reference/${name}.predictions.csv`),
);

interface ReferenceComparison {
  n_test: number;
  diff: number;
  paired_bootstrap: { ci95_percentile: [number, number]; se: number };
  mcnemar_exact_p: number;
  delong_test?: { auc_A: number; auc_other: number; z: number; p_two_sided: number };
}

function load(name: string) {
  const reference = JSON.parse(readFileSync(referenceData(`reference/${name}.json`)!, "utf8"));
  const lines = readFileSync(referenceData(`reference/${name}.predictions.csv`)!, "utf8")
    .trim()
    .split(/\r?\n/);
  const header = lines[0]!.split(",");
  const rows = lines.slice(1).map((line) => line.split(","));
  const prefix = "p_A_logreg_C1_";
  const classes = header.filter((column) => column.startsWith(prefix)).map((column) => column.slice(prefix.length));
  const positive = reference.positive === undefined || reference.positive === null ? null : String(reference.positive);
  const run = (model: string): Run => {
    const places = classes.map((label) => header.indexOf(`p_${model}_${label}`));
    const says = (cells: string[]) => places.map((place) => Number(cells[place]));
    const made = aRun(
      rows.map((cells) => ({ key: cells[0]!.padStart(6, "0"), actual: cells[1]!, says: says(cells) })),
      { classes, positive },
    );
    // a tie between two probabilities is decided as scikit-learn decided it
    const predicted = new Map(
      rows.map((cells) => [cells[0]!.padStart(6, "0"), cells[header.indexOf(`pred_${model}`)]!]),
    );
    made.holdout.predicted = made.holdout.keys.map((key) => classes.indexOf(predicted.get(key.slice(0, -2))!));
    return made;
  };
  return { run, comparisons: reference.comparisons as Record<string, ReferenceComparison> };
}

describe.runIf(sets.length > 0)("models of scikit-learn", () => {
  const cases = sets.flatMap((name) => {
    const { comparisons } = load(name);
    return Object.keys(comparisons).map((pair) => ({ name, pair, other: pair.split(" vs ")[1]! }));
  });

  it.each(cases)("$name, $pair: the numbers of scipy and the bootstrap", ({ name, pair, other }) => {
    const { run, comparisons } = load(name);
    const expected = comparisons[pair]!;
    const comparison = compareByKey(run("A_logreg_C1"), run(other), {
      metrics: {},
      level: 0.95,
      sliceColumns: [],
      slices: [],
      headColumn: () => null,
      seed: 1,
      resamples: expected.n_test > 1000 ? 500 : 2000,
    });
    const accuracy = comparison.metrics.find((metric) => metric.metric === "accuracy")!;
    const { se, ci95_percentile: bounds } = expected.paired_bootstrap;
    // the score interval is wider than the bootstrap's by up to three rows where few rows differ
    const within = (value: number | undefined, bound: number) =>
      Math.abs((value ?? Number.NaN) - bound) <= 0.45 * se + 3 / expected.n_test;
    expect({
      common: comparison.holdout.common,
      difference: accuracy.difference,
      p: accuracy.p,
      low: within(accuracy.interval?.low, bounds[0]),
      high: within(accuracy.interval?.high, bounds[1]),
    }).toEqual({
      common: expected.n_test,
      difference: expect.closeTo(expected.diff, 12),
      p: expect.closeTo(expected.mcnemar_exact_p, 9),
      low: true,
      high: true,
    });
    if (expected.delong_test) {
      const area = comparison.metrics.find((metric) => metric.metric === "roc_auc")!;
      expect([area.difference, area.p, area.test]).toEqual([
        expect.closeTo(expected.delong_test.auc_other - expected.delong_test.auc_A, 9),
        expect.closeTo(expected.delong_test.p_two_sided, 6),
        "DeLong",
      ]);
    }
  });

  it("german credit, forest against logistic regression: accuracy improved, ROC AUC not, and each names its test", () => {
    const { run } = load("german_credit");
    const { metrics } = compareByKey(run("A_logreg_C1"), run("B_forest"), {
      metrics: { accuracy: { tolerance: 0.02 }, roc_auc: { tolerance: 0.02 } },
      level: 0.9,
      sliceColumns: [],
      slices: [],
      headColumn: () => null,
      seed: 1,
    });
    expect(
      metrics
        .filter((metric) => metric.gated)
        .map(({ metric, test, verdict, adjustedP }) => ({ metric, test, verdict, adjustedP })),
    ).toEqual([
      { metric: "accuracy", test: "exact McNemar", verdict: "improved", adjustedP: expect.closeTo(2 * 0.035698, 5) },
      { metric: "roc_auc", test: "DeLong", verdict: "underpowered", adjustedP: expect.closeTo(0.274275, 5) },
    ]);
  });
});
