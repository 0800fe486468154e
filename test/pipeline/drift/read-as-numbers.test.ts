import { describe, expect, it } from "vitest";
import { measureColumn } from "../../../pipeline/drift/column-drift.ts";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import { readAsNumbers } from "../../../pipeline/drift/read-as-numbers.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric } from "../../support/tables.ts";

const twenty = Array.from({ length: 400 }, (_, row) => row % 20);
const texts = (count: number, factor = 1) =>
  categorical(
    "c",
    twenty.map((value, row) => (row < count ? "?" : String(factor * value))),
  );

describe("both sides in one type", () => {
  it.each<[what: string, base: Column, head: Column, types: string[] | null, missing: number[]]>([
    ["numbers on both sides", numeric("c", twenty), numeric("c", [1, null]), ["numeric", "numeric"], [0, 1]],
    ["texts on both sides", texts(2), texts(3), ["categorical", "categorical"], [0, 0]],
    ["a few texts in the base", texts(39), numeric("c", twenty), ["numeric", "numeric"], [39, 0]],
    ["a few texts in the head", numeric("c", twenty), texts(1), ["numeric", "numeric"], [0, 1]],
    ["numbers that were declared categories", texts(0), numeric("c", twenty), ["numeric", "numeric"], [0, 0]],
    ["one text in ten", texts(40), numeric("c", twenty), null, []],
    ["no value", categorical("c", [null, null]), numeric("c", twenty), null, []],
  ])("%s", (_, base, head, types, missing) => {
    const same = readAsNumbers(base, head);
    const sides = same === null ? [] : [same.base, same.head];
    expect(same && sides.map(({ type }) => type)).toEqual(types);
    expect(sides.map(holes)).toEqual(missing);
  });
});

function holes(column: Column): number {
  if (column.type === "numeric") return column.values.filter(Number.isNaN).length;
  return column.codes.filter((code) => code < 0).length;
}

describe("the drift of a column that is numeric on one side", () => {
  const measure = (base: Column, head: Column) => {
    const { judged, otherwise } = measureColumn(base, head, "feature", defaultDriftOptions);
    return [judged.map(({ description }) => description), otherwise.answer, otherwise.reason];
  };

  it("is judged by its numbers, and says so", () => {
    expect(measure(texts(1), numeric("c", [null, ...twenty.slice(1)]))).toEqual([
      ["missing 0.3 % → 0.3 %", "mean 9.52 → 9.52"],
      "stable",
      "the texts among its numbers in the base count as missing",
    ]);
    expect(measure(numeric("c", twenty), texts(0, 2))).toEqual([
      ["mean 9.5 → 19"],
      "stable",
      "the texts among its numbers in the head count as missing",
    ]);
  });

  it("can't be judged when it holds texts", () => {
    expect(measure(numeric("c", twenty), texts(40))).toEqual([
      [],
      "not-comparable",
      "numeric in the base, categorical in the head",
    ]);
  });
});
