import { describe, expect, it } from "vitest";
import {
  countAroundDominant,
  countCategories,
  countFewValues,
  dominantValue,
  type PairedCounts,
  poolRare,
} from "../../../pipeline/drift/paired-counts.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { categorical } from "../../support/tables.ts";

const plain = ({ labels, base, head }: PairedCounts) =>
  Object.fromEntries(labels.map((label, i) => [label, [base[i], head[i]]]));

const repeated = (value: string | null, times: number) => Array.from({ length: times }, () => value);

describe("countCategories", () => {
  it.each([
    { base: ["a", "b", "a"], head: ["b", "c"], counts: { a: [2, 0], b: [1, 1], c: [0, 1] } },
    { base: ["a", null], head: [null, null], counts: { a: [1, 0], "(missing)": [1, 2] } },
    { base: [], head: ["z"], counts: { z: [0, 1] } },
    { base: [], head: [], counts: {} },
  ])("counts $base and $head over their union", ({ base, head, counts }) => {
    expect(plain(countCategories(categorical("c", base), categorical("c", head)))).toEqual(counts);
  });

  it("leaves out categories that a side lists but no row holds", () => {
    const column = { ...categorical("c", ["a"]), categories: ["a", "unused"] };
    expect(plain(countCategories(column, categorical("c", ["a", "b"])))).toEqual({ a: [1, 1], b: [0, 1] });
  });
});

describe("poolRare", () => {
  it("pools what is under 1 % on both sides or under five rows together, never the missing", () => {
    const base = [...repeated("common", 996), "rare", "rare", "alone", null];
    const head = [...repeated("common", 980), ...repeated("risen", 10), ...repeated("rare", 9), null];
    const counts = countCategories(categorical("c", base), categorical("c", head));
    expect(plain(poolRare(counts))).toEqual({
      common: [996, 980],
      risen: [0, 10],
      "(missing)": [1, 1],
      "(other)": [3, 9],
    });
  });

  it("keeps the name of a single rare category", () => {
    const counts = countCategories(
      categorical("c", [...repeated("a", 500), "b"]),
      categorical("c", repeated("a", 500)),
    );
    expect(poolRare(counts)).toBe(counts);
  });
});

describe("countFewValues", () => {
  it.each([
    { base: [0, 1, 1], head: [1, 0, 0], most: 2, counts: { 0: [1, 2], 1: [2, 1] } },
    { base: [-0, 0], head: [0], most: 1, counts: { 0: [2, 1] } },
    { base: [1, 2], head: [3], most: 2, counts: null },
  ])("counts $base and $head with at most $most values", ({ base, head, most, counts }) => {
    const answer = countFewValues(numericSample(base), numericSample(head), most);
    expect(answer && plain(answer)).toEqual(counts);
  });
});

describe("dominantValue", () => {
  it.each([
    { values: [0, 0, 0, 1, 2], dominant: 0 },
    { values: [0, 0, 1, 2], dominant: 0 },
    { values: [1, 2, 3, 3], dominant: 3 },
    { values: [0, 0, 1, 2, 3], dominant: null },
    { values: [7], dominant: 7 },
    { values: [], dominant: null },
  ])("of $values is $dominant", ({ values, dominant }) => {
    expect(dominantValue(numericSample(values), 0.5)).toBe(dominant);
  });
});

describe("countAroundDominant", () => {
  it.each([
    {
      base: [5, 5, 5],
      head: [4, 5, 6, 6],
      counts: { "below 5": [0, 1], "5": [3, 1], "above 5": [0, 2] },
    },
    {
      base: [0, 0, 0, 0, 0, 10, 20, 30, 40, 50],
      head: [0, 20, 45, -1],
      counts: {
        "below 0": [0, 1],
        "0": [5, 1],
        "0 to 20": [1, 0],
        "20 to 30": [1, 1],
        "30 to 40": [1, 0],
        "above 40": [2, 1],
      },
    },
    {
      base: [0, 0, 0, 0, -4, -3, -2, -1],
      head: [0, -4, 1],
      counts: {
        "below -3.25": [1, 1],
        "-3.25 to -2.5": [1, 0],
        "-2.5 to -1.75": [1, 0],
        "-1.75 to 0": [1, 0],
        "0": [4, 1],
        "above 0": [0, 1],
      },
    },
  ])("puts every value of $base and $head into one bin", ({ base, head, counts }) => {
    const dominant = dominantValue(numericSample(base), 0.5)!;
    expect(plain(countAroundDominant(numericSample(base), numericSample(head), dominant))).toEqual(counts);
  });
});
