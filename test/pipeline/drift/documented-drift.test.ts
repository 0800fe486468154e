import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import { detectDrift } from "../../../pipeline/drift/detect-drift.ts";
import type { DriftReport } from "../../../pipeline/drift/drift-report.ts";
import type { Column, Table } from "../../../pipeline/table/table.ts";
import { referenceData } from "../../support/reference-data.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

/** Pairs whose publisher says whether they drift; only the training part of adult is part of the repository. */
const paths = {
  pairs: referenceData("reference/drift_pairs.json"),
  train: join(import.meta.dirname, "../../../examples/income-model/data/adult.csv"),
  test: referenceData("tables/adult/adult-test.csv"),
  electricity: referenceData("tables/drift_elec2/elec.csv"),
};

const adultNames =
  "age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain capital_loss hours_per_week native_country income".split(
    " ",
  );

interface Cells {
  names: string[];
  rows: string[][];
}

function read(path: string, names?: string[]): Cells {
  const lines = readFileSync(path, "utf8").split("\n");
  const rows = lines
    .filter((line) => line !== "" && !line.startsWith("|"))
    .map((line) => line.split(",").map((cell) => cell.trim()));
  return names ? { names, rows } : { names: rows[0]!, rows: rows.slice(1) };
}

function toTable({ names, rows }: Cells, text: string[], from = 0, to = rows.length): Table {
  const column = (name: string, at: number): Column => {
    const cells = rows.slice(from, to).map((row) => (row[at] === "?" ? null : row[at]!));
    const isText = text.includes(name) || cells.some((cell) => cell !== null && Number.isNaN(Number(cell)));
    return isText
      ? categorical(name, cells)
      : numeric(
          name,
          cells.map((cell) => (cell === null ? null : Number(cell))),
        );
  };
  return tableOf(...names.map(column));
}

function report(base: Table, head: Table, target: string): DriftReport {
  const features = base.columns.map((column) => column.name).filter((name) => name !== target);
  return detectDrift(base, head, { ...defaultDriftOptions, target, features });
}

const drifted = ({ columns }: DriftReport) =>
  columns
    .filter((column) => column.answer === "drifted")
    .map((column) => column.column)
    .sort();

describe("adult", () => {
  const train = () => read(paths.train);
  const test = () => read(paths.test!, adultNames);
  const clean = ({ names, rows }: Cells): Cells => ({
    names,
    rows: rows.map((row) => [...row.slice(0, -1), row.at(-1)!.replace(/\.$/, "")]),
  });

  it.each([
    { name: "rows 0 to 9,999 and 10,000 to 19,999", from: 10_000, to: 20_000 },
    { name: "rows 0 to 9,999 and 20,000 to 29,999", from: 20_000, to: 30_000 },
  ])("$name: no drift, as published", ({ from, to }) => {
    const cells = train();
    const answer = report(toTable(cells, [], 0, 10_000), toTable(cells, [], from, to), "income");
    expect({ answer: answer.answer, drifted: drifted(answer), rule: answer.rule }).toEqual({
      answer: "stable",
      drifted: [],
      rule: "the data set as a whole is stable: 0 of 14 judged features drifted (0 %; 25 % would count); the target did not.",
    });
  });

  it.runIf(paths.test)("training and test file, a random split: no drift", () => {
    const answer = report(toTable(train(), []), toTable(clean(test()), []), "income");
    expect({ answer: answer.answer, drifted: drifted(answer) }).toEqual({ answer: "stable", drifted: [] });
  });

  it.runIf(paths.test)("training and test file with the labels as stored: every label is new", () => {
    const answer = report(toTable(train(), []), toTable(test(), []), "income");
    const target = answer.columns[0]!;
    expect({
      answer: answer.answer,
      drifted: drifted(answer),
      effect: target.effect,
      description: target.description,
    }).toEqual({
      answer: "drifted",
      drifted: ["income"],
      effect: 1,
      description: '"<=50K." 0 % → 76 %, vanished: "<=50K", ">50K", also new: ">50K."',
    });
  });
});

describe.runIf(paths.pairs && paths.electricity)("electricity", () => {
  it.each([
    {
      name: "before and after the market link, with two columns constant before it",
      rows: [0, 17_424, 45_312],
      answer: "drifted",
      columns: ["nswprice", "transfer", "vicdemand", "vicprice"],
    },
    {
      name: "the boundary of another publication",
      rows: [0, 17_760, 45_312],
      answer: "drifted",
      columns: ["nswprice", "transfer", "vicdemand", "vicprice"],
    },
    {
      name: "adjacent fortnights: prices move, the hour of the day does not",
      rows: [20_000, 20_672, 21_344],
      answer: "drifted",
      columns: ["class", "nswprice", "vicprice"],
    },
  ])("$name", ({ rows: [start, middle, end], answer, columns }) => {
    const cells = read(paths.electricity!);
    const before = toTable(cells, ["class"], start, middle);
    const given = report(before, toTable(cells, ["class"], middle, end), "class");
    expect({ answer: given.answer, drifted: drifted(given) }).toEqual({ answer, drifted: columns });
  });
});

describe.runIf(paths.pairs && paths.electricity)("the statistics of a report", () => {
  it("are those of scipy", () => {
    const { pairs } = JSON.parse(readFileSync(paths.pairs!, "utf8"));
    const pair = pairs.find((candidate: { name: string }) => candidate.name === "elec2_dynatree_boundary");
    const cells = read(paths.electricity!);
    const given = report(toTable(cells, ["class"], 0, 17_760), toTable(cells, ["class"], 17_760), "class");
    const ours = Object.fromEntries(given.columns.map(({ column, statistics }) => [column, statistics]));
    const expected = Object.fromEntries(
      Object.entries<Record<string, number>>(pair.columns).map(([name, theirs]) => [
        name,
        expect.objectContaining(
          name === "class"
            ? {
                chi2: expect.closeTo(theirs.chi2!, 6),
                psi: expect.closeTo(theirs.psi!, 6),
                "jensen-shannon": expect.closeTo(theirs.js_distance!, 6),
              }
            : { ks: expect.closeTo(theirs.ks!, 6), wasserstein: expect.closeTo(theirs.wasserstein_norm!, 6) },
        ),
      ]),
    );
    expect(ours).toEqual(expected);
  });
});
