import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Estimator, FittedModel, Matrix, TrainingSet } from "../../../pipeline/models/estimator.ts";
import { freeMatrix } from "../../../pipeline/models/free-matrix.ts";
import { estimators } from "../../../pipeline/models/registry.ts";
import { trainingSet } from "../../support/model-sets.ts";
import { toCanonicalJson } from "./canonical-json.ts";

/** Options with which an estimator is walked through the contract, beside its defaults. */
const VARIANTS: Record<string, Record<string, unknown>[]> = {
  "logistic-regression": [{}, { solver: "gradient-descent" }, { class_weight: "balanced" }],
  "gradient-boosting": [{}, { max_iterations: 10, min_samples_leaf: 1 }],
  "decision-tree": [{}, { max_depth: 20, min_samples_leaf: 1 }],
};

const cases = [...estimators.values()].flatMap((estimator) =>
  (VARIANTS[estimator.type] ?? [{}]).map((written) => ({
    name: `${estimator.type} ${JSON.stringify(written)}`,
    estimator,
    options: estimator.options.parse(written),
  })),
);

const grid = Array.from({ length: 24 }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i % 4) - 1.5]);
const labels = (classes: number) => grid.map((row, i) => Math.abs(Math.round(3 * row[0]! + i)) % classes);

const degenerate: [string, TrainingSet][] = [
  ["one row", trainingSet([[1, 2]], [1], 2)],
  ["two rows", trainingSet([[1], [2]], [0, 1], 2)],
  ["no columns", trainingSet([[], [], []], [0, 1, 1], 2)],
  [
    "constant columns",
    trainingSet(
      [
        [0, 5],
        [0, 5],
        [0, 5],
      ],
      [0, 1, 1],
      2,
    ),
  ],
  ["only the first class present", trainingSet([[1], [2], [3]], [0, 0, 0], 2)],
  ["only the second class present", trainingSet([[1], [2], [3]], [1, 1, 1], 2)],
  ["the middle class of three absent", trainingSet([[1], [2], [3], [4]], [0, 2, 0, 2], 3)],
  ["one class of three present", trainingSet([[1], [2]], [1, 1], 3)],
  ["one class in all", { ...trainingSet([[1], [2]], [0, 0], 1), task: "multiclass" }],
  ["equal rows with different classes", trainingSet([[1], [1], [1], [1]], [0, 1, 0, 1], 2)],
  ["perfectly separated", trainingSet([[-2], [-1], [1], [2]], [0, 0, 1, 1], 2)],
  ["enormous values", trainingSet([[1e150], [-1e150], [1], [2]], [0, 1, 1, 0], 2)],
  ["tiny values", trainingSet([[1e-200], [-1e-200], [0], [2e-200]], [0, 1, 1, 0], 2)],
  ["one regression row", trainingSet([[1, 2]], [7], 0)],
  ["constant target", trainingSet([[1], [2], [3]], [4, 4, 4], 0)],
  ["regression without columns", trainingSet([[], []], [1, 3], 0)],
  [
    "regression with constant columns",
    trainingSet(
      [
        [5, 0],
        [5, 0],
      ],
      [1, 3],
      0,
    ),
  ],
  [
    "more columns than rows",
    trainingSet(
      [
        [1, 2, 3, 4],
        [4, 3, 2, 2],
      ],
      [1, 3],
      0,
    ),
  ],
  ["enormous target", trainingSet([[1], [2], [3]], [1e150, -1e150, 0], 0)],
];

describe.each(cases)("$name", ({ estimator, options }) => {
  const task = (name: string) => (estimator.tasks as readonly string[]).includes(name);

  it("describes itself", () => {
    expect(estimator.type).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(estimator.docs).toMatch(/\.$/);
    expect(() => estimator.options.parse({ no_such_option: 1 })).toThrow();
    expect(estimator.refuse?.({ rows: 1000, columns: 20, classes: 2 }, options) ?? null).toBeNull();
  });

  it.each(degenerate.filter(([, set]) => task(set.task)))("fits: %s", (_, set) => {
    const model = estimator.fit(set, options, { seed: 1 });
    expectProper(model.predictProbability(set.features), set);
    expect(JSON.parse(toCanonicalJson(model.toJSON()))).toEqual(model.toJSON());
    expectSameAfterRestore(estimator, model, set.features);
  });

  it.each(usualSets(estimator))("gives the same bytes twice: %s", (_, set) => {
    const bytes = () => toCanonicalJson(estimator.fit(set, options, { seed: 1 }).toJSON());
    expect(bytes()).toBe(bytes());
  });

  it.each(usualSets(estimator))("is the same after JSON: %s", (_, set) => {
    expectSameAfterRestore(estimator, estimator.fit(set, options, { seed: 1 }), set.features);
  });

  it.each(usualSets(estimator))("needs nothing of the set once it is fitted: %s", (_, set) => {
    const lent = { ...set.features, values: set.features.values.slice() };
    const model = estimator.fit({ ...set, features: lent }, options, { seed: 1 });
    const expected = model.predictProbability(set.features);
    freeMatrix(lent);
    expect(lent.values).toHaveLength(0);
    expect(model.predictProbability(set.features)).toEqual(expected);
    expectSameAfterRestore(estimator, model, set.features);
  });

  it.each(usualSets(estimator))("does not depend on the order of rows: %s", (_, set) => {
    const expected = estimator.fit(set, options, { seed: 1 }).predictProbability(set.features);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: set.features.rows - 1 }), (first) => {
        const rotated = takeRows(set, (row) => (row * 5 + first) % set.features.rows);
        const found = estimator.fit(rotated, options, { seed: 1 }).predictProbability(set.features);
        for (let i = 0; i < expected.length; i++) expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(2e-3);
      }),
      { seed: 3, numRuns: 6 },
    );
  });

  it("predicts nothing for no rows, and refuses a different number of columns", () => {
    for (const [, set] of usualSets(estimator)) {
      const model = estimator.fit(set, options, { seed: 1 });
      expect(model.predictProbability({ rows: 0, columns: 3, values: new Float64Array(0) })).toHaveLength(0);
      expect(() => model.predictProbability({ rows: 1, columns: 2, values: new Float64Array(2) })).toThrow("columns");
    }
  });

  it("refuses features that are not finite numbers", () => {
    for (const [, set] of usualSets(estimator)) {
      const values = Float64Array.from(set.features.values);
      values[4] = Number.NaN;
      const broken = { ...set, features: { ...set.features, values } };
      expect(() => estimator.fit(broken, options, { seed: 1 })).toThrow("finite");
    }
  });

  it("refuses a model file that is not its own", () => {
    expect(() => estimator.restore({ type: estimator.type, weights: "none" })).toThrow();
  });
});

describe("the registry", () => {
  it("lists each estimator under its type", () => {
    expect([...estimators.keys()]).toEqual([...estimators.values()].map((estimator) => estimator.type));
  });
});

function usualSets(estimator: Estimator): [string, TrainingSet][] {
  const sets: [string, TrainingSet][] = [
    ["two classes", trainingSet(grid, labels(2), 2)],
    ["three classes", trainingSet(grid, labels(3), 3)],
    [
      "regression",
      trainingSet(
        grid,
        grid.map((row) => 2 * row[0]! - row[1]! + row[2]! ** 2),
        0,
      ),
    ],
  ];
  return sets.filter(([, set]) => estimator.tasks.includes(set.task));
}

function expectProper(output: Float64Array, set: TrainingSet) {
  const width = Math.max(set.classes, 1);
  expect(output).toHaveLength(set.features.rows * width);
  expect(output).toSatisfy((values: Float64Array) => values.every(Number.isFinite));
  if (set.task === "regression") return;
  for (let row = 0; row < set.features.rows; row++) {
    const shares = output.subarray(row * width, (row + 1) * width);
    expect(shares).toSatisfy((values: Float64Array) => values.every((share) => share >= 0 && share <= 1));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
}

function expectSameAfterRestore(estimator: Estimator, model: FittedModel, features: Matrix) {
  const restored = estimator.restore(JSON.parse(JSON.stringify(model.toJSON())));
  expect(restored.predictProbability(features)).toEqual(model.predictProbability(features));
  expect(restored.fit).toEqual(model.fit);
}

function takeRows(set: TrainingSet, source: (row: number) => number): TrainingSet {
  const { rows, columns, values } = set.features;
  const moved = new Float64Array(values.length);
  const target = set.target.slice();
  for (let row = 0; row < rows; row++) {
    moved.set(values.subarray(source(row) * columns, (source(row) + 1) * columns), row * columns);
    target[row] = set.target[source(row)]!;
  }
  return { ...set, target, features: { rows, columns, values: moved } };
}
