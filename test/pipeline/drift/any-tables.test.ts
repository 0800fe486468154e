import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import { detectDrift } from "../../../pipeline/drift/detect-drift.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const number = fc.oneof(
  fc.constantFrom(0, 0, 0, 1, -0, 5e-324, 1.7e308, -1.7e308, null, null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 3 }),
);
const text = fc.oneof(fc.constantFrom("a", "b", "", "(missing)", "(other)", null), fc.string({ maxLength: 3 }));
const cells = { maxLength: 120 };
const column: fc.Arbitrary<Column> = fc.oneof(
  fc.array(number, cells).map((values) => numeric("c", values)),
  fc.array(text, cells).map((values) => categorical("c", values)),
);

function notFinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, part]) => notFinite(part, `${path}.${key}`));
}

const drift = (base: Column, head: Column) =>
  detectDrift(tableOf(base), tableOf(head), { ...defaultDriftOptions, minimumRows: 20, target: "c", features: ["c"] });

describe("detectDrift, whatever the columns", () => {
  it("gives an answer, finite numbers and a description, and is plain data", () => {
    fc.assert(
      fc.property(column, column, (base, head) => {
        const report = drift(base, head);
        expect({
          notFinite: notFinite(report),
          silent: report.columns.filter(({ description }) => description === "" || /NaN|Infinity/.test(description)),
          plain: JSON.parse(JSON.stringify(report)),
        }).toEqual({ notFinite: [], silent: [], plain: report });
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it("never calls a column drifted from itself", () => {
    fc.assert(
      fc.property(column, (same) => {
        expect(drift(same, same).columns[0]!.answer).not.toBe("drifted");
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
