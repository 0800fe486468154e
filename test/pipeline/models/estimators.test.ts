import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FittedModel, TrainingSet } from "../../../pipeline/models/estimator.ts";
import { estimators } from "../../../pipeline/models/registry.ts";
import {
  classificationSets,
  holdoutRows,
  regressionSets,
  trainingRows,
  trainingSet,
} from "../../support/model-sets.ts";

function fitted(type: string, set: TrainingSet, written: Record<string, unknown> = {}): FittedModel {
  const estimator = estimators.get(type)!;
  return estimator.fit(set, estimator.options.parse(written), { seed: 1 });
}

/** The largest distance between what we predict and what scikit-learn did. */
function distance(found: Float64Array, expected: number[]): number {
  expect(found).toHaveLength(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
}

describe.each(classificationSets)("on $name", (source) => {
  const train = trainingRows(source);
  const holdout = holdoutRows(source).features;

  it("naive Bayes gives scikit-learn's probabilities", () => {
    const model = fitted("naive-bayes", train, { variance_smoothing: 1e-9 });
    expect(distance(model.predictProbability(holdout), source.naiveBayes.flat())).toBeLessThan(1e-6);
  });
});

// Not wine, and two levels only: elsewhere scikit-learn picks among equally good splits at random.
it.each(classificationSets.filter((source) => source.name !== "wine"))(
  "on $name the decision tree gives scikit-learn's probabilities",
  (source) => {
    const model = fitted("decision-tree", trainingRows(source), { max_depth: 2 });
    const found = model.predictProbability(holdoutRows(source).features);
    expect(distance(found, source.decisionTree.flat())).toBeLessThan(1e-6);
  },
);

describe.each(regressionSets)("on $name", (source) => {
  const train = trainingRows(source);
  const holdout = holdoutRows(source).features;

  it.each([
    ["linear-regression", {}, source.linear],
    ["ridge-regression", { alpha: 10 }, source.ridge],
    ["decision-tree", { max_depth: 3 }, source.decisionTree],
  ])("%s gives scikit-learn's predictions", (type, options, expected) => {
    const model = fitted(type, train, options);
    expect(model.fit.converged).toBe(true);
    expect(distance(model.predictProbability(holdout), expected)).toBeLessThan(1e-6);
  });
});

describe("least squares", () => {
  it("takes the smallest weights when columns depend on each other", () => {
    const set = trainingSet(
      [
        [1, 0, 2],
        [0, 1, 2],
        [1, 0, 2],
        [0, 1, 2],
      ],
      [1, 5, 1, 5],
      0,
    );
    const model = fitted("linear-regression", set).toJSON() as unknown as { weights: number[]; intercept: number };
    expect(model.weights[0]).toBeCloseTo(-2, 12);
    expect(model.weights[1]).toBeCloseTo(2, 12);
    expect(model.weights[2]).toBe(0);
    expect(model.intercept).toBeCloseTo(3, 12);
  });

  it("fits exactly when there are more columns than rows", () => {
    const set = trainingSet(
      [
        [1, 2, 3, 4],
        [4, 3, 2, 2],
        [0, 1, 0, 1],
      ],
      [1, 3, -2],
      0,
    );
    const found = fitted("linear-regression", set).predictProbability(set.features);
    expect(distance(found, [1, 3, -2])).toBeLessThan(1e-9);
  });
});

describe("the baseline", () => {
  it.each([
    ["class shares", trainingSet([[1], [2], [3], [4]], [2, 0, 2, 2], 3), [0.25, 0, 0.75]],
    ["the mean", trainingSet([[1], [2], [3]], [1, 2, 6], 0), [3]],
  ])("predicts %s for every row", (_, set, expected) => {
    const found = fitted("baseline", set).predictProbability({ rows: 2, columns: 1, values: Float64Array.of(9, -9) });
    expect([...found]).toEqual([...expected, ...expected]);
  });
});

describe("naive Bayes", () => {
  it("stays with the nearest class for rows far from every class", () => {
    const set = trainingSet([[0], [0.1], [1], [1.1]], [0, 0, 1, 1], 2);
    const far = { rows: 2, columns: 1, values: Float64Array.of(1e9, -1e9) };
    expect([...fitted("naive-bayes", set).predictProbability(far)]).toEqual([0, 1, 1, 0]);
  });

  it("gives a class without training rows no probability", () => {
    const set = trainingSet([[0], [1], [2], [3]], [0, 0, 2, 2], 3);
    const found = fitted("naive-bayes", set).predictProbability(set.features);
    expect([found[1], found[4], found[7], found[10]]).toEqual([0, 0, 0, 0]);
  });
});

describe("the decision tree", () => {
  it("asks about one column after the other", () => {
    const rows = [0, 1].flatMap((a) => [0, 1].flatMap((b) => Array.from({ length: 3 }, () => [a, b])));
    const set = trainingSet(
      rows,
      rows.map(([a, b]) => (a === 1 && b === 1 ? 2 : a!)),
      3,
    );
    expect(fitted("decision-tree", set, { min_samples_leaf: 1 }).toJSON()).toMatchObject({
      tree: {
        feature: [0, -1, 1, -1, -1],
        threshold: [0.5, 0, 0.5, 0, 0],
        values: [0.5, 0.25, 0.25, 1, 0, 0, 0, 0.5, 0.5, 0, 1, 0, 0, 0, 1],
      },
    });
  });

  it.each([2, 3, 0])("does not change for a duplicated column or another order of rows (%i classes)", (classes) => {
    const row = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 3 }), fc.nat(2));
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 40 }), (drawn) => {
        const target = drawn.map(([, , label]) => (classes === 0 ? label * 1.7 : label % classes));
        const once = trainingSet(
          drawn.map(([a, b]) => [a, b]),
          target,
          classes,
        );
        const twice = trainingSet(
          drawn.map(([a, b]) => [a, b, a, b]),
          target,
          classes,
        );
        const backward = trainingSet(drawn.map(([a, b]) => [a, b]).reverse(), [...target].reverse(), classes);
        const options = { min_samples_leaf: 1 };
        const model = fitted("decision-tree", once, options);
        const found = fitted("decision-tree", twice, options).predictProbability(twice.features);
        expect(found).toEqual(model.predictProbability(once.features));
        expect(fitted("decision-tree", backward, options).toJSON()).toEqual(model.toJSON());
      }),
      { seed: 21, numRuns: 40 },
    );
  });

  it("says when a split would need too much memory", () => {
    const { refuse, options } = estimators.get("decision-tree")!;
    expect(refuse!({ rows: 100_000, columns: 2000, classes: 100 }, options.parse({}))).toBe(
      "A split would compare 51,510,000 numbers (2,000 columns, 100 classes); the limit is 25,000,000.",
    );
    expect(refuse!({ rows: 100_000, columns: 200, classes: 2 }, options.parse({}))).toBeNull();
  });
});
