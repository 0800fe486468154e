import { describe, expect, it } from "vitest";
import { fitPreprocessor } from "../../../pipeline/preprocess/fit-preprocessor.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric } from "../../support/tables.ts";

const rowsOf = (n: number) => Int32Array.from({ length: n }, (_, row) => row);

function fitOne(column: Column, rows: Int32Array) {
  const outcome = fitPreprocessor([column], rows, "d.csv");
  return outcome.ok ? outcome.value.features[0] : outcome.problems;
}

describe("fitPreprocessor", () => {
  it.each<[string, (number | null)[], number, number, number]>([
    // Python 3.11: statistics.fmean and statistics.pstdev of [1, 2, 3.5, 5, 100].
    ["a missing cell before the mean", [1, 2, null, 5, 100], 3.5, 22.3, 38.8736414553615],
    ["an even and an odd number of cells", [4, 1, 3, 2], 2.5, 2.5, 1.118033988749895],
    ["a constant column", [7, 7, 7], 7, 7, 1],
    ["a constant column with a missing cell", [0.1, null, 0.1], 0.1, 0.1, 1],
    ["a constant whose mean is rounded", Array(7).fill(0.1), 0.1, 0.1, 1],
    ["one row", [3], 3, 3, 1],
    ["only missing cells", [null, null], 0, 0, 1],
    ["tiny values", [1e-300, 3e-300], 2e-300, 2e-300, 1],
    ["huge values", [-1.7e308, 1.7e308], 0, 0, 1.7e308],
    ["huge values of one sign", [1e308, 1.6e308], 1.3e308, 1.3e308, 3e307],
  ])("summarizes %s", (_, values, median, mean, scale) => {
    const feature = fitOne(numeric("x", values), rowsOf(values.length));
    expect(feature).toEqual({
      name: "x",
      type: "numeric",
      median: expect.closeTo(median, 12),
      mean: closeTo(mean),
      scale: closeTo(scale),
    });
  });

  it("sees training rows only", () => {
    const rows = Int32Array.from([2, 0]);
    expect(fitOne(numeric("x", [1, 1000, 3, null]), rows)).toEqual({
      name: "x",
      type: "numeric",
      median: 2,
      mean: 2,
      scale: 1,
    });
    expect(fitOne(categorical("c", ["b", "zzz", "a", null]), rows)).toEqual({
      name: "c",
      type: "categorical",
      categories: ["a", "b"],
    });
  });

  it("makes missing a category where training has one", () => {
    expect(fitOne(categorical("c", ["b", null, "a"]), rowsOf(3))).toEqual({
      name: "c",
      type: "categorical",
      categories: ["(missing)", "a", "b"],
    });
  });

  const ids = (n: number) => Array.from({ length: n }, (_, i) => `id ${i}`);

  it("refuses columns that identify rows", () => {
    expect(fitOne(categorical("name", [...ids(100), null]), rowsOf(101))).toEqual([
      {
        code: "identifier-feature",
        where: { path: "d.csv", key: "exclude" },
        message: "Column name has a different value in every row, so nothing can be learned from it.",
        written: "name",
        allowed: "categories that repeat, or numbers",
        remedy: "Exclude column name, or make it the key.",
      },
    ]);
  });

  it("takes a short column of different words and a long one with a repetition", () => {
    expect(fitOne(categorical("c", ids(99)), rowsOf(99))).toMatchObject({ type: "categorical" });
    expect(fitOne(categorical("c", [...ids(100), "id 0"]), rowsOf(101))).toMatchObject({ type: "categorical" });
  });

  it("refuses too many categories in all", () => {
    const twice = [...ids(3_000), ...ids(3_000)];
    const columns = [
      categorical("a", twice),
      categorical(
        "b",
        twice.map((id) => id.slice(0, 6)),
      ),
      numeric(
        "n",
        twice.map(() => 1),
      ),
    ];
    expect(fitPreprocessor(columns, rowsOf(6_000), "d.csv", { width: 3_500, cells: 1e9 })).toEqual({
      ok: false,
      problems: [
        {
          code: "too-many-categories",
          where: { path: "d.csv", key: "exclude" },
          message: "One column per category makes 4,001 columns.",
          written: "a: 3,000 categories; b: 1,000 categories",
          allowed: "at most 3,500 columns in all",
          remedy: "Exclude column a, or group its rare values.",
        },
      ],
    });
  });

  it("refuses a matrix that does not fit into memory", () => {
    const columns = [numeric("a", [1, 2, 3]), numeric("b", [1, 2, 3])];
    expect(fitPreprocessor(columns, rowsOf(2), "d.csv", { width: 10, cells: 5 })).toEqual({
      ok: false,
      problems: [
        {
          code: "matrix-too-large",
          where: { path: "d.csv", key: "exclude" },
          message: "The encoded data has 3 rows and 2 columns, too many for the memory allowed.",
          written: "",
          allowed: "at most 5 cells",
          remedy: "Use fewer columns or a sample of the rows.",
        },
      ],
    });
  });
});

/** Equal to 12 significant digits. */
function closeTo(value: number) {
  return expect.toSatisfy((actual: number) => Math.abs(actual - value) <= 1e-12 * Math.max(Math.abs(value), 1e-300));
}
