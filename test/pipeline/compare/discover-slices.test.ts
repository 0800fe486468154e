import { describe, expect, it } from "vitest";
import type { SliceDiscovery } from "../../../pipeline/compare/comparison.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { compareByKey } from "../../support/matches.ts";
import { aRun, type HoldoutRow } from "../../support/runs.ts";
import { categorical, numeric } from "../../support/tables.ts";

const random = createRandom("discovery");
const count = 2000;
const signals = Array.from({ length: count }, () => random.normal());
const truth = signals.map((signal) => random.uniform() < 1 / (1 + Math.exp(-2 * signal)));
const sex = Array.from({ length: count }, () => (random.uniform() < 0.5 ? "F" : "M"));
const job = Array.from({ length: count }, () => ["cook", "clerk", "nurse", null][random.below(4)]!);
const age = Array.from({ length: count }, () => 18 + random.below(60));
const columns: Record<string, Column> = {
  sex: categorical("sex", sex),
  job: categorical("job", job),
  age: numeric("age", age),
  ...Object.fromEntries(
    Array.from({ length: 15 }, (_, i) => [
      `x${i}`,
      numeric(
        `x${i}`,
        signals.map(() => random.normal()),
      ),
    ]),
  ),
};

function run(noiseOf: (row: number) => number, seed: string, rows = count) {
  const draw = createRandom(seed);
  return aRun(
    Array.from({ length: rows }, (_, i): HoldoutRow => {
      const says = 1 / (1 + Math.exp(-2 * (signals[i]! + noiseOf(i) * draw.normal())));
      return { key: `k${String(i).padStart(5, "0")}`, actual: truth[i] ? "yes" : "no", says: [1 - says, says] };
    }),
  );
}

function discover(
  head: (row: number) => number,
  given: { rows?: number; names?: string[]; seed?: number } = {},
): SliceDiscovery {
  const { rows = count, names = Object.keys(columns), seed = 1 } = given;
  const comparison = compareByKey(
    run(() => 0.3, "base", rows),
    run(head, "head", rows),
    {
      metrics: {},
      level: 0.95,
      sliceColumns: [],
      slices: [],
      headColumn: (name) => columns[name] ?? null,
      seed,
      resamples: 200,
      discover: names,
    },
  );
  return comparison.discovery!;
}

const named = ({ slices }: SliceDiscovery) =>
  slices.map(({ conditions }) =>
    conditions
      .map(({ column, value }) => `${column} ${value}`)
      .sort()
      .join(", "),
  );

describe("discoverSlices", () => {
  it.each([
    { why: "one value", worse: (row: number) => sex[row] === "F", slice: "sex F" },
    {
      why: "two values together",
      worse: (row: number) => sex[row] === "F" && job[row] === "nurse",
      slice: "job nurse, sex F",
    },
    { why: "the rows without a value", worse: (row: number) => job[row] === null, slice: "job (missing)" },
  ])("finds $why in which the model got worse", ({ worse, slice }) => {
    expect(named(discover((row) => (worse(row) ? 2.5 : 0.3)))[0]).toBe(slice);
  });

  it("finds a range of numbers", () => {
    expect(named(discover((row) => (age[row]! >= 63 ? 2.5 : 0.3)))[0]).toMatch(/^age >=6\d/);
  });

  it("reports the slice with its rows, effect and interval, measured on rows that the search did not see", () => {
    const { slices, searched, measured, reason } = discover((row) => (sex[row] === "F" ? 2.5 : 0.3));
    const rows = sex.filter((value) => value === "F").length;
    expect({ first: slices[0], searched: searched > 100, measured: measured <= 5, reason }).toEqual({
      first: {
        conditions: [{ column: "sex", value: "F" }],
        rows,
        measuredOn: expect.toSatisfy((half: number) => half > 0.4 * rows && half < 0.6 * rows),
        metric: expect.objectContaining({
          metric: "brier_score",
          gated: false,
          verdict: "regressed",
          test: "studentized bootstrap",
        }),
      },
      searched: true,
      measured: true,
      reason: null,
    });
  });

  it("finds nothing where the model is worse everywhere alike", () => {
    expect(named(discover(() => 1.5))).toEqual([]);
  });

  it.each([
    { why: "far below 0.002", gap: 0.0002, found: [] },
    { why: "of a size that matters", gap: 0.15, found: ["sex F"] },
  ])("a certain loss $why is told: $found", ({ gap, found }) => {
    const certain = (worse: (row: number) => number) =>
      aRun(
        Array.from({ length: count }, (_, i): HoldoutRow => {
          const says = truth[i] ? 0.999 - worse(i) : 0.001 + worse(i);
          return { key: `k${String(i).padStart(5, "0")}`, actual: truth[i] ? "yes" : "no", says: [1 - says, says] };
        }),
      );
    const { discovery } = compareByKey(
      certain(() => 0),
      certain((row) => (sex[row] === "F" ? gap * (1 + (row % 3)) : 0)),
      {
        metrics: {},
        level: 0.95,
        sliceColumns: [],
        slices: [],
        headColumn: (name) => columns[name] ?? null,
        seed: 1,
        resamples: 200,
        discover: ["sex", "job"],
      },
    );
    expect(named(discovery!)).toEqual(found);
  });

  it("rarely finds anything where the models differ by chance only", () => {
    const found = Array.from({ length: 20 }, (_, seed) => discover(() => 0.3, { seed, rows: 1000 }).slices.length > 0);
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(3);
  });

  it.each([
    {
      why: "few rows",
      given: { rows: 199 },
      expected: {
        slices: [],
        searched: 0,
        measured: 0,
        reason: "the search for slices needs 200 common rows, and there are 199",
      },
    },
    {
      why: "no columns",
      given: { names: ["nowhere"] },
      expected: { slices: [], searched: 0, measured: 0, reason: null },
    },
    {
      why: "too many columns",
      given: { names: Array.from({ length: 61 }, (_, i) => `nowhere ${i}`) },
      expected: { slices: [], searched: 0, measured: 0, reason: "slices were searched in 60 of 61 columns" },
    },
  ])("answers with $why", ({ given, expected }) => {
    expect(discover(() => 2, given)).toEqual(expected);
  });
});
