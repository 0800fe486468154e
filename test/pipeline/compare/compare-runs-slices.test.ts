import { describe, expect, it } from "vitest";
import type { CompareOptions } from "../../../pipeline/compare/compare-runs.ts";
import type { Comparison } from "../../../pipeline/compare/comparison.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { binaryRows, options } from "../../support/compared.ts";
import { compareByKey } from "../../support/matches.ts";
import { aRun } from "../../support/runs.ts";
import { categorical, numeric } from "../../support/tables.ts";

describe("slices", () => {
  const rows = binaryRows(400, 0.3);
  const sex = categorical(
    "sex",
    rows.map((_, i) => (i < 5 ? null : i < 20 ? "X" : i % 2 ? "F" : "M")),
  );
  const age = numeric(
    "age",
    rows.map((_, i) => i),
  );
  const columns: Record<string, Column> = { sex, age };
  const worseForF = aRun(
    rows.map((row, i) => (i >= 20 && i % 2 ? { ...row, says: [0.5 + 0.1 * (i % 3), 0.5 - 0.1 * (i % 3)] } : row)),
  );
  const compared = (given: Partial<CompareOptions>) =>
    compareByKey(
      aRun(rows),
      worseForF,
      options({ metrics: { roc_auc: { tolerance: 0.02 } }, headColumn: (name) => columns[name] ?? null, ...given }),
    );
  const shown = ({ slices }: Comparison) =>
    slices.map(({ slice, rows: count, metrics }) => {
      const area = metrics.find(({ metric }) => metric === "roc_auc")!;
      return [slice.column, slice.value, count, area.verdict, area.reason];
    });

  it("of a configured column: every value with 30 rows", () => {
    expect(shown(compared({ sliceColumns: ["sex"] }))).toEqual([
      ["sex", "F", 190, "regressed", null],
      ["sex", "M", 190, "no-detectable-change", null],
    ]);
  });

  it("of a numeric column: quarters of the base", () => {
    const base = numeric(
      "age",
      rows.map((_, i) => i - 100),
    );
    const given = compared({ sliceColumns: ["age"], baseColumn: () => base });
    expect(given.slices.map(({ slice, rows: count }) => [slice.value, count])).toEqual([
      ["-0.25 to 99.5", 100],
      ["99.5 to 199.3", 100],
      [">=199.3", 200],
    ]);
  });

  it("that were asked for: even small, unknown or misspelled ones", () => {
    const slices = [
      { column: "sex", value: "X" },
      { column: "sex", value: "(missing)" },
      { column: "sex", value: "f" },
      { column: "age", value: ">=200" },
      { column: "age", value: ">9000" },
      { column: "age", value: "old" },
      { column: "job", value: "cook" },
    ];
    expect(shown(compared({ slices }))).toEqual([
      ["sex", "X", 15, "incomparable", "only 15 rows; a comparison needs 20"],
      ["sex", "(missing)", 5, "incomparable", expect.any(String)],
      ["sex", "f", 0, "incomparable", 'no value on either side: no row has sex = "f"'],
      ["age", ">=200", 200, "regressed", null],
      ["age", ">9000", 0, "incomparable", 'no value on either side: no common hold-out row has age = ">9000"'],
      ["age", "old", 0, "incomparable", expect.stringMatching(/^no value on either side: "old" does not name rows/)],
      ["job", "cook", 0, "incomparable", "no value on either side: the data has no column job"],
    ]);
  });

  it("of configured columns are judged by the gated metrics, those that were asked for by all", () => {
    const counts = (given: Partial<CompareOptions>) =>
      compared({ sliceColumns: ["sex"], ...given }).slices.map(({ slice, metrics }) => [slice.value, metrics.length]);
    const all = compared({}).metrics.length;
    expect([counts({}), counts({ metrics: {} }), counts({ slices: [{ column: "sex", value: "F" }] })]).toEqual([
      [
        ["F", 1],
        ["M", 1],
      ],
      [
        ["F", all],
        ["M", all],
      ],
      [
        ["F", all],
        ["M", 1],
      ],
    ]);
  });

  it("are shown once when a column and a request name the same", () => {
    expect(
      shown(compared({ sliceColumns: ["sex"], slices: [{ column: "sex", value: "F" }] })).map(([, value]) => value),
    ).toEqual(["F", "M"]);
  });

  it("are a family of their own: a slice does not weaken the verdict over all rows", () => {
    const [alone, sliced] = [compared({}), compared({ sliceColumns: ["sex"] })];
    expect(sliced.metrics).toEqual(alone.metrics);
    expect(
      sliced.slices
        .map(({ metrics }) => metrics.find(({ metric }) => metric === "roc_auc")!)
        .map(({ p, adjustedP }) => adjustedP! / p!),
    ).toEqual([2, 1]);
  });

  it("that cannot be made are explained", () => {
    const many = categorical(
      "city",
      rows.map((_, i) => `city ${i}`),
    );
    const lone = (name: string) => (name === "city" ? many : null);
    expect(compared({ sliceColumns: ["city", "nowhere"], headColumn: lone }).reasons).toEqual([
      'There are no slices by "city": no value has 30 common hold-out rows.',
      'There are no slices by "nowhere": the data has no such column.',
    ]);
  });

  it("are capped per column", () => {
    const many = aRun(binaryRows(700, 0.3));
    const column = categorical(
      "city",
      Array.from({ length: 700 }, (_, i) => (i < 660 ? `city ${10 + (i % 22)}` : "big")),
    );
    const { reasons, slices } = compareByKey(
      many,
      many,
      options({ sliceColumns: ["city"], headColumn: () => column, resamples: 20 }),
    );
    expect([reasons, slices.length, slices[0]!.slice.value]).toEqual([
      ['"city" has 23 values with 30 rows; the 20 with most rows are compared.'],
      20,
      "big",
    ]);
  });
});
