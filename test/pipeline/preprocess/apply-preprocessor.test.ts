import { describe, expect, it } from "vitest";
import { applyPreprocessor, featureTypes } from "../../../pipeline/preprocess/apply-preprocessor.ts";
import type { SerializedPreprocessor } from "../../../pipeline/preprocess/preprocessor.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const preprocessor: SerializedPreprocessor = {
  features: [
    { name: "age", type: "numeric", median: 40, mean: 30, scale: 10 },
    { name: "sex", type: "categorical", categories: ["(missing)", "f", "m"] },
    { name: "grade", type: "categorical", categories: ["1", "2"] },
  ],
};
const all = (n: number) => Int32Array.from({ length: n }, (_, row) => row);

describe("applyPreprocessor", () => {
  it("standardizes, imputes and encodes, row by row", () => {
    const table = tableOf(
      categorical("sex", ["m", null, "x"]),
      categorical("grade", ["2", null, "3"]),
      numeric("unused", [0, 0, 0]),
      numeric("age", [20, null, 35]),
    );
    expect(applyPreprocessor(table, all(3), preprocessor, "d.csv")).toEqual({
      ok: true,
      notes: [],
      value: {
        rows: 3,
        columns: 6,
        // biome-ignore format: one line per row
        values: Float64Array.from([
          -1,  0, 0, 1,  0, 1,
          1,   1, 0, 0,  0, 0,
          0.5, 0, 0, 0,  0, 0,
        ]),
      },
    });
  });

  it("takes the rows asked for, in that order", () => {
    const table = tableOf(numeric("age", [10, 20, 30, 40]));
    const only = { features: [preprocessor.features[0]!] };
    expect(applyPreprocessor(table, Int32Array.from([3, 0]), only, "d.csv")).toMatchObject({
      value: { rows: 2, columns: 1, values: Float64Array.from([1, -2]) },
    });
  });

  it("reads columns of the other type as far as possible", () => {
    const table = tableOf(
      categorical("age", ["30", "old", null]),
      categorical("sex", ["f", "f", "f"]),
      numeric("grade", [1, 2, null]),
    );
    const outcome = applyPreprocessor(table, all(3), preprocessor, "d.csv");
    // biome-ignore format: one line per row
    expect(outcome.ok && outcome.value.values).toEqual(Float64Array.from([
      0, 0, 1, 0, 1, 0,
      1, 0, 1, 0, 0, 1,
      1, 0, 1, 0, 0, 0,
    ]));
    expect(outcome.ok && outcome.notes).toEqual([
      {
        code: "cells-not-numbers",
        where: { path: "d.csv" },
        message: "1 cells are not numbers, as they were in training, and count as missing.",
        written: "age",
        remedy: "Correct the cells.",
      },
    ]);
  });

  it("names every absent column", () => {
    const outcome = applyPreprocessor(tableOf(numeric("age", [1])), all(1), preprocessor, "d.csv");
    expect(outcome).toEqual({
      ok: false,
      problems: ["sex", "grade"].map((name) => ({
        code: "feature-absent",
        where: { path: "d.csv" },
        message: `The data has no column ${name}, on which the model was trained.`,
        written: name,
        remedy: "Add the column, or train a model without it.",
      })),
    });
  });

  it("never gives infinite numbers", () => {
    const extreme = { features: [{ name: "x", type: "numeric" as const, median: 0, mean: -1.7e308, scale: 1e-300 }] };
    const table = tableOf(numeric("x", [1.7e308, -1.7e308, null, 0]));
    const outcome = applyPreprocessor(table, all(4), extreme, "d.csv");
    expect(outcome.ok && Array.from(outcome.value.values, (value) => Math.abs(value) <= 1e9)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("gives the types with which a file for the model is to be read", () => {
    expect(featureTypes(preprocessor)).toEqual({ age: "numeric", sex: "categorical", grade: "categorical" });
  });
});
