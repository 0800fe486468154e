import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chiSquareTest } from "../../../pipeline/stats/chi-square-test.ts";
import { jensenShannonDistance } from "../../../pipeline/stats/jensen-shannon.ts";
import { kolmogorovSmirnov } from "../../../pipeline/stats/kolmogorov-smirnov.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { populationStabilityIndex } from "../../../pipeline/stats/population-stability-index.ts";
import { quantileBins } from "../../../pipeline/stats/quantile-bins.ts";
import { normalizedWasserstein } from "../../../pipeline/stats/wasserstein.ts";
import { readReferenceText, referenceData } from "../../support/reference-data.ts";
import { parseCsv } from "../../support/reference-set.ts";
import { categoryCounts } from "./category-counts.ts";
import { expectClose } from "./close-to.ts";

/** Drift statistics of large public tables, computed with scipy 1.10.1; not all tables are part of the repository. */
const answers = referenceData("reference/drift_pairs.json");
const bundledAnswers = referenceData("reference/adult_drift_pairs.json")!;
const adultTrain = join(import.meta.dirname, "../../../examples/income-model/data/adult.csv");
const adultTest = referenceData("tables/adult/adult-test.csv");
const electricity = referenceData("tables/drift_elec2/elec.csv");

type Cell = string | null;

function readCells(path: string, missing: string): Cell[][] {
  const lines = readReferenceText(path).split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("|"))
    .map((line) => line.split(",").map((cell) => (cell.trim() === missing ? null : cell.trim())));
}

const ADULT =
  "age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain capital_loss hours_per_week native_country income".split(
    " ",
  );

interface Column {
  kind: "numeric" | "categorical";
  [statistic: string]: unknown;
}
interface Pair {
  name: string;
  columns: Record<string, Column>;
}

function expectColumn(expected: Column, reference: Cell[], current: Cell[]): void {
  const number = (name: string) => expected[name] as number | null;
  if (expected.kind === "numeric") {
    const [left, right] = [reference, current].map((side) =>
      numericSample(side.map((cell) => (cell === null ? Number.NaN : Number(cell)))),
    );
    const ks = kolmogorovSmirnov(left!, right!).value!;
    expectClose(ks.statistic, number("ks"), 1e-12);
    // scipy computes the exact p-value of equal sizes by a formula that loses digits
    if (Math.abs(ks.pValue - number("ks_p")!) > 1e-7) expectClose(ks.pValue, number("ks_p"), 1e-4);
    const bins = quantileBins(left!, right!).value!;
    expectClose(populationStabilityIndex(bins.reference, bins.current).value, number("psi"), 1e-9);
    expectClose(jensenShannonDistance(bins.reference, bins.current).value, number("js_distance"), 1e-6);
    expectClose(normalizedWasserstein(left!, right!).value, number("wasserstein_norm"), 1e-9);
    expect(bins.blind !== null).toBe((expected.psi_edges as number[]).length === 0);
  } else {
    const counts = categoryCounts(reference, current);
    const plain = chiSquareTest(counts.reference, counts.current).value!;
    const yates = chiSquareTest(counts.reference, counts.current, { yates: true }).value!;
    expectClose(plain.statistic, number("chi2"), 1e-9);
    expect(plain.dof).toBe(number("dof"));
    expectClose(plain.pValue, number("chi2_p"), 1e-8);
    expectClose(yates.pValue, number("chi2_p_yates"), 1e-8);
    expectClose(populationStabilityIndex(counts.reference, counts.current).value, number("psi"), 1e-9);
    expectClose(jensenShannonDistance(counts.reference, counts.current).value, number("js_distance"), 1e-9);
  }
}

function pairs(path: string): Pair[] {
  return (JSON.parse(readReferenceText(path)) as { pairs: Pair[] }).pairs;
}

/** Rows of both sides of a pair. */
function sides(name: string): { header: string[]; reference: Cell[][]; current: Cell[][] } {
  if (name.startsWith("adult")) {
    const [, ...train] = readCells(adultTrain, "?");
    if (name === "adult_alibi_t0")
      return { header: ADULT, reference: train.slice(0, 10_000), current: train.slice(10_000, 20_000) };
    if (name === "adult_alibi_t1")
      return { header: ADULT, reference: train.slice(0, 10_000), current: train.slice(20_000, 30_000) };
    const test = readCells(adultTest!, "?");
    if (name === "adult_train_vs_test") {
      for (const row of test) row[14] = row[14]!.replace(/\.$/, "");
    }
    return { header: ADULT, reference: train, current: test };
  }
  const cuts: Record<string, [number, number, number]> = {
    elec2_before_vs_after_market_link: [0, 17_424, 45_312],
    elec2_dynatree_boundary: [0, 17_760, 45_312],
    elec2_adjacent_fortnights: [20_000, 20_672, 21_344],
  };
  const cut = cuts[name]!;
  const [header, ...rows] = readCells(electricity!, "?");
  return { header: header as string[], reference: rows.slice(cut[0], cut[1]), current: rows.slice(cut[1], cut[2]) };
}

function expectPair({ name, columns }: Pair): void {
  const { header, reference, current } = sides(name);
  for (const [column, expected] of Object.entries(columns)) {
    const at = header.indexOf(column);
    const pick = (rows: Cell[][]) => rows.map((row) => row[at]!);
    expectColumn(expected, pick(reference), pick(current));
  }
}

it.each(pairs(bundledAnswers))("the documented pair $name", expectPair);

describe.runIf(answers && adultTest && electricity)("documented drift pairs", () => {
  const others = /^(adult_train|elec2)_/;
  it.each(answers ? pairs(answers).filter(({ name }) => others.test(name)) : [])("$name", expectPair);
});

/** First against second half of smaller tables, with missing numbers; same versions and definitions. */
const halves = [
  ["iris", "iris.csv"],
  ["german_credit", "GermanCredit.csv"],
  ["penguins", "penguins.csv"],
  ["titanic", "titanic.csv"],
  ["pima_diabetes", "diabetes.csv"],
].filter(([set, table]) => referenceData(`tables/${set}/${table}`) !== undefined);

describe("halves of a table", () => {
  it("are compared for the tables of the repository everywhere", () => {
    expect(halves.map(([set]) => set)).toEqual(expect.arrayContaining(["iris", "german_credit", "penguins"]));
  });

  it.each(halves)("%s", (set, table) => {
    const text = readReferenceText(referenceData(`reference/${set}.json`)!);
    const { drift_first_half_vs_second_half: expectedOf } = JSON.parse(text) as {
      drift_first_half_vs_second_half: {
        ref: [number, number];
        cur: [number, number];
        columns: Record<string, Column>;
      };
    };
    const [header, ...rows] = parseCsv(readReferenceText(referenceData(`tables/${set}/${table}`)!));
    for (const [column, expected] of Object.entries(expectedOf.columns)) {
      const cells = rows.map((row) => row[header!.indexOf(column)]! || null);
      expectColumn(expected, cells.slice(...expectedOf.ref), cells.slice(...expectedOf.cur));
    }
  });
});
