import { describe, expect, it } from "vitest";
import { keyColumnKeys } from "../../../pipeline/split/key-column.ts";
import { occurrenceKeys } from "../../../pipeline/split/occurrence-keys.ts";
import { categorical, numeric } from "../../support/tables.ts";

describe("keyColumnKeys", () => {
  it("hashes values, the same for a number whether its column is numeric or not", () => {
    const numbers = keyColumnKeys(numeric("id", [1, 20]), "d.csv");
    const texts = keyColumnKeys(categorical("id", ["1", "20"]), "d.csv");
    expect(numbers).toEqual(texts);
    expect(numbers.ok && numbers.value.every((key) => /^[0-9a-f]{16}$/.test(key))).toBe(true);
  });

  it.each([
    ["numeric", numeric("id", [1, null, 3])],
    ["categorical", categorical("id", ["a", null, "c"])],
  ])("refuses a missing key in a %s column", (_, column) => {
    expect(keyColumnKeys(column, "d.csv")).toEqual({
      ok: false,
      problems: [
        {
          code: "key-missing",
          where: { path: "d.csv" },
          message: "The key column has no value in 1 of 3 rows.",
          written: "id",
          allowed: "a value in every row",
          remedy: "Fill in the key, or remove key so that a row's content names it.",
        },
      ],
    });
  });

  it("notes repeated keys and keeps them equal", () => {
    const outcome = keyColumnKeys(categorical("id", ["a", "b", "a", "a"]), "d.csv");
    if (!outcome.ok) throw new Error("unexpected");
    expect(new Set(outcome.value).size).toBe(2);
    expect(outcome.notes.map(({ code, message }) => [code, message])).toEqual([
      [
        "key-repeated",
        "2 rows repeat a key; rows of one key stay on one side of the split, and are paired with the other revision by their content.",
      ],
    ]);
  });
});

describe("occurrenceKeys", () => {
  it("numbers equal keys in order", () => {
    expect(occurrenceKeys(["a", "b", "a", "a"])).toEqual(["a#0", "b#0", "a#1", "a#2"]);
  });
});
