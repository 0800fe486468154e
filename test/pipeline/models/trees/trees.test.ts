import { describe, expect, it } from "vitest";
import { binFeatures } from "../../../../pipeline/models/trees/bin-features.ts";
import { roundToFixedPoint } from "../../../../pipeline/models/trees/fixed-point.ts";
import { treeGrower } from "../../../../pipeline/models/trees/grow-tree.ts";
import { packTrees } from "../../../../pipeline/models/trees/pack-trees.ts";
import { treeSchema } from "../../../../pipeline/models/trees/tree.ts";
import { trainingSet } from "../../../support/model-sets.ts";

const column = (values: number[]) =>
  trainingSet(
    values.map((value) => [value]),
    values,
    0,
  ).features;

describe("binFeatures", () => {
  it.each([
    ["few values", [3, 1, 2, 1], 255, [1.5, 2.5], [2, 0, 1, 0]],
    ["two values", [0, 1, 0, 0], 255, [0.5], [0, 1, 0, 0]],
    ["one value", [7, 7], 255, [], [0, 0]],
    ["neighbors in double precision", [1, 1 + Number.EPSILON], 255, [1], [0, 1]],
    ["more values than bins", [1, 2, 3, 4, 5, 6, 7, 8], 4, [2.5, 4.5, 6.5], [0, 0, 1, 1, 2, 2, 3, 3]],
    [
      "mostly one value, more values than bins",
      [5, 5, 5, 5, 5, 5, 6, 7, 8, 9],
      3,
      [5, 6],
      [0, 0, 0, 0, 0, 0, 1, 2, 2, 2],
    ],
  ])("cuts a column of %s", (_, values, maxBins, cuts, bins) => {
    const binned = binFeatures(column(values), maxBins);
    expect([...binned.thresholds[0]!]).toEqual(cuts);
    expect([...binned.bins]).toEqual(bins);
  });

  it("lists only what is unusual in its column", () => {
    const { features } = trainingSet(
      [
        [0, 5],
        [0, 6],
        [1, 5],
      ],
      [0, 0, 0],
      0,
    );
    const { slots, usualBin, starts, entries } = binFeatures(features);
    expect([[...slots], [...usualBin], [...starts], [...entries]]).toEqual([
      [0, 2, 4],
      [0, 0],
      [0, 0, 1, 2],
      [3, 1],
    ]);
  });
});

describe("roundToFixedPoint", () => {
  it("makes sums exact in any order, within 2⁻³⁰ of the largest", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 10 ** (i % 7));
    const rounded = values.slice();
    roundToFixedPoint(rounded);
    const sum = (numbers: Float64Array) => numbers.reduce((total, value) => total + value, 0);
    expect(sum(values.slice().reverse())).not.toBe(sum(values));
    expect(sum(rounded.slice().reverse())).toBe(sum(rounded));
    for (const [i, value] of values.entries()) expect(Math.abs(rounded[i]! - value)).toBeLessThan(1e6 * 2 ** -30);
  });

  it.each([[[0, 0]], [[5e-324, 0]], [[1e308, -1e308]], [[]]])("leaves %j finite", (values) => {
    const rounded = Float64Array.from(values);
    roundToFixedPoint(rounded);
    for (const [i, value] of values.entries()) expect(rounded[i]).toBeCloseTo(value, 5);
  });
});

describe("treeGrower", () => {
  const limits = { maxLeaves: 4, maxDepth: null, minSamplesLeaf: 1, l2: 0 };

  it("gives each step of a staircase its own leaf, largest gain first", () => {
    const grow = treeGrower(binFeatures(column([1, 2, 3, 4, 5, 6])), limits);
    const { tree, leaves } = grow(Float64Array.of(-1, -1, -1, -9, -9, -4), new Float64Array(6).fill(1));
    expect(tree).toEqual({
      feature: [0, -1, 0, -1, -1],
      threshold: [3.5, 0, 5.5, 0, 0],
      left: [1, 0, 3, 0, 0],
      right: [2, 0, 4, 0, 0],
      values: [25 / 6, 1, 22 / 3, 9, 4],
    });
    expect(leaves.map(({ start, end, value }) => [start, end, value])).toEqual([
      [0, 3, 1],
      [3, 5, 9],
      [5, 6, 4],
    ]);
  });

  it("prefers the first of two equal columns", () => {
    const { features } = trainingSet(
      [
        [5, 1, 1],
        [5, 2, 2],
      ],
      [0, 0],
      0,
    );
    const { tree } = treeGrower(binFeatures(features), limits)(Float64Array.of(-1, 1), Float64Array.of(1, 1));
    expect(tree.feature).toEqual([1, -1, -1]);
  });

  it("shrinks leaves by the penalty", () => {
    const grow = treeGrower(binFeatures(column([1, 1])), { ...limits, l2: 3 });
    expect(grow(Float64Array.of(-4, -6), Float64Array.of(1, 1)).tree.values).toEqual([2]);
  });
});

describe("trees from files", () => {
  const tree = { feature: [0, -1, -1], threshold: [0.5, 0, 0], left: [1, 0, 0], right: [2, 0, 0], values: [0, 1, 2] };

  it("walks rows to their leaves, counted over all trees", () => {
    const packed = packTrees([treeSchema.parse(tree), { ...tree, threshold: [0.7, 0, 0] }], 1);
    const leaves: number[][] = [];
    packed.eachLeaf(column([0.5, 0.6]), (...visited) => leaves.push(visited));
    expect(leaves).toEqual([
      [0, 0, 1],
      [0, 1, 4],
      [1, 0, 2],
      [1, 1, 4],
    ]);
    expect([...packed.values]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it.each([
    ["a loop", { ...tree, left: [0, 0, 0] }],
    ["a child beyond the end", { ...tree, right: [3, 0, 0] }],
    ["arrays of different lengths", { ...tree, threshold: [0.5] }],
    ["no nodes", { feature: [], threshold: [], left: [], right: [], values: [] }],
    ["too few values", { ...tree, values: [1, 2] }],
  ])("refuses %s", (_, broken) => {
    expect(treeSchema.safeParse(broken).success).toBe(false);
  });

  it("refuses a column that is not there", () => {
    expect(() => packTrees([{ ...tree, feature: [4, -1, -1] }], 1)).toThrow("beyond 1");
  });
});
