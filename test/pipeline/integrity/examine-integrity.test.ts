import { describe, expect, it } from "vitest";
import type { IntegrityReport } from "../../../pipeline/integrity/integrity-report.ts";
import { percent } from "../../../pipeline/words.ts";
import { aSide, made } from "../../support/examined.ts";
import { examine } from "../../support/matches.ts";
import { categorical, numeric } from "../../support/tables.ts";

const rows = 400;
const amounts = made(rows, (_, uniform) => uniform * 100);
const y = categorical(
  "y",
  amounts.map((amount, row) => (row % 10 === 0 || amount > 60 ? "high" : "low")),
);
const x = numeric(
  "x",
  amounts.map((amount, row) => (row % 2 ? amount : 100 - amount)),
);
const copy = (name: string) =>
  categorical(
    name,
    made(rows, (row) => `is ${y.categories[y.codes[row]!]}`),
  );
const constant = (name: string) =>
  numeric(
    name,
    made(rows, () => 1),
  );
const told = ({ entries }: IntegrityReport) =>
  entries.map(({ kind, column, baseValue, isNew }) => [kind, column, baseValue, isNew]);

describe("what is new", () => {
  const clean = aSide([x, y]);
  it.each<[what: string, report: IntegrityReport, entries: unknown[]]>([
    ["nothing wrong", examine(clean, clean), []],
    ["without a base", examine(aSide([x, copy("c"), y]), null), [["target-copy", "c", null, null]]],
    ["a copy of the target that came", examine(aSide([x, copy("c"), y]), clean), [["target-copy", "c", null, true]]],
    ["a copy that went", examine(clean, aSide([x, copy("c"), y])), []],
    [
      "a column that became a feature",
      examine(aSide([x, copy("c"), y]), aSide([x, copy("c"), y], { exclude: ["c"] })),
      [["target-copy", "c", null, true]],
    ],
    [
      "a copy that stayed, and a constant that came",
      examine(aSide([x, copy("c"), constant("k"), y]), aSide([x, copy("c"), y])),
      [
        ["target-copy", "c", 1, false],
        ["constant", "k", null, true],
      ],
    ],
    [
      "a copy that was renamed",
      examine(aSide([x, copy("new"), y]), aSide([x, copy("old"), y])),
      [["target-copy", "new", 1, false]],
    ],
  ])("%s", (_, report, entries) => {
    expect(told(report)).toEqual(entries);
  });

  it("a share that the base had as well is told with the base's", () => {
    const marked = (count: number) =>
      aSide([
        categorical(
          "m",
          made(rows, (row) => (row < count ? "?" : "ab"[row % 2]!)),
        ),
        x,
        y,
      ]);
    const described = (head: number, base: number | null) =>
      examine(marked(head), base === null ? null : marked(base)).entries.map(({ description }) => description);
    const told = `20 cells with "?", ${percent(20 / rows)} of the rows`;
    const both = `20 cells with "?", ${percent(20 / rows)}, was ${percent(5 / rows)} of the rows`;
    expect([described(20, 5), described(20, 20), described(20, 0), described(20, null)]).toEqual([
      [both],
      [told],
      [told],
      [told],
    ]);
  });

  it("another marker in the same column is new, the one that was there is not", () => {
    const marked = (...markers: string[]) =>
      aSide([
        categorical(
          "m",
          made(rows, (row) => markers[row] ?? "ab"[row % 2]!),
        ),
        x,
        y,
      ]);
    const { entries } = examine(marked("?", "-"), marked("?"));
    expect(entries.map(({ kind, evidence, isNew }) => [kind, evidence.marker, isNew])).toEqual([
      ["missing-marker", "-", true],
      ["missing-marker", "?", false],
    ]);
  });

  it("another target has no balance to compare", () => {
    const other = { ...y, name: "z", codes: y.codes.map((code, row) => (row < 200 ? 0 : code)) };
    const found = examine(aSide([x, other], { target: "z" }), aSide([x, y]));
    expect(found.entries.map(({ kind }) => kind)).not.toContain("class-balance");
    const same = examine(aSide([x, { ...other, name: "y" }]), aSide([x, y]));
    expect(same.entries.map(({ kind }) => kind)).toContain("class-balance");
  });
});

it("a perfect copy is not also told as a predictor", () => {
  const kinds = examine(aSide([x, copy("c"), y]), null).entries.map(({ kind }) => kind);
  expect(kinds).toEqual(["target-copy"]);
});

it("a table of few values still tells what predicts the target", () => {
  // One row in 500 breaks the rule, so it is no copy; every hold-out row has an equal one in training.
  const almost = (one: string, other: string) => made(2000, (row) => ((row % 3 === 0) !== row % 500 < 2 ? one : other));
  const labels = categorical(
    "y",
    made(2000, (row) => (row % 3 === 0 ? "yes" : "no")),
  );
  const report = examine(aSide([categorical("l", almost("in", "out")), labels]), null);
  expect(
    report.entries.filter(({ severity }) => severity === "leakage").map(({ kind, column }) => [kind, column]),
  ).toEqual([["single-predictor", "l"]]);
});

it("keeps fifty of a kind, new ones first, and counts the rest", () => {
  const many = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => constant(`${prefix}${at}`));
  const base = aSide([x, ...many(60, "old"), y]);
  const { entries, omitted } = examine(aSide([x, ...many(60, "old"), ...many(3, "new"), y]), base);
  expect([entries.length, omitted]).toEqual([50, { constant: 13 }]);
  expect(entries.slice(0, 4).map(({ column }) => column)).toEqual(["new0", "new1", "new2", "old0"]);
});

it("is plain data, whatever the table", () => {
  const sides = [
    aSide([numeric("x", []), categorical("y", [])]),
    aSide([numeric("x", [1]), categorical("y", ["a"])], { holdout: () => true }),
    aSide([
      numeric(
        "x",
        made(rows, () => null),
      ),
      categorical(
        "y",
        made(rows, () => "a"),
      ),
    ]),
    aSide([
      numeric(
        "x",
        made(rows, () => 1.7976931348623157e308),
      ),
      numeric(
        "y",
        made(rows, (row) => row),
      ),
    ]),
    aSide([
      numeric(
        "x",
        made(rows, (row) => row),
      ),
      categorical(
        "y",
        made(rows, (row) => `class ${row}`),
      ),
    ]),
    aSide([constant("y")]),
  ];
  for (const head of sides) {
    for (const base of [null, ...sides]) {
      const report = examine(head, base);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      expect(report.entries.filter(({ value }) => !(value > 0 && Number.isFinite(value)))).toEqual([]);
    }
  }
});

it("wide tables and a column of many texts come to an end", () => {
  const wide = Array.from({ length: 2_000 }, (_, at) =>
    numeric(
      `x${at}`,
      made(60, (_row, uniform) => uniform, at),
    ),
  );
  const texts = categorical(
    "t",
    made(200_000, (row) => `text ${row}`),
  );
  const labels = (count: number) =>
    categorical(
      "y",
      made(count, (row) => `c${row % 3}`),
    );
  expect(examine(aSide([...wide, labels(60)]), null).entries).toEqual([]);
  expect(told(examine(aSide([texts, labels(200_000)]), null))).toEqual([["id-like", "t", null, null]]);
});
