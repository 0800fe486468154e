import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnSplit } from "../../../pipeline/experiment/experiment.ts";
import { splitByGroup } from "../../../pipeline/split/split-by-group.ts";
import type { Column } from "../../../pipeline/table/table.ts";

const split: ColumnSplit = { by: "group", column: "patient", holdout: 0.4, seed: 42 };

function columnOf(groups: readonly (string | null)[]): Column {
  const categories = [...new Set(groups.filter((group) => group !== null))].sort();
  const codes = Int32Array.from(groups, (group) => (group === null ? -1 : categories.indexOf(group)));
  return { name: "patient", type: "categorical", codes, categories };
}

function divide(column: Column, rows: number, changes: Partial<ColumnSplit> = {}) {
  return splitByGroup(
    column,
    Int32Array.from({ length: rows }, (_, row) => row),
    { ...split, ...changes },
    "d.csv",
  );
}

/** The side of each group, or null when the rows could not be divided. */
function sides(groups: readonly string[]): Map<string, string> | null {
  const outcome = divide(columnOf(groups), groups.length);
  if (!outcome.ok) return null;
  const side = new Map<string, string>();
  for (const [name, rows] of Object.entries(outcome.value)) {
    for (const row of rows) {
      expect(side.get(groups[row]!) ?? name).toBe(name);
      side.set(groups[row]!, name);
    }
  }
  return side;
}

const someGroups = fc.array(fc.constantFrom(...Array.from({ length: 20 }, (_, i) => `p${i}`)), {
  minLength: 1,
  maxLength: 60,
});

describe("splitByGroup", () => {
  it("keeps groups whole and moves none when rows and groups are added, removed or reordered", () => {
    let compared = 0;
    fc.assert(
      fc.property(someGroups, someGroups, (groups, more) => {
        const before = sides(groups);
        const after = sides([...more, ...groups.toReversed()]);
        if (before === null || after === null) return;
        compared++;
        expect([...before].filter(([group, side]) => after.get(group) !== side)).toEqual([]);
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  it("holds out about the share of groups that was asked for", () => {
    const groups = Array.from({ length: 2000 }, (_, i) => `g${i}`);
    const outcome = divide(columnOf(groups), 2000);
    // Three standard deviations of a binomial count.
    expect(outcome.ok && Math.abs(outcome.value.holdout.length - 800)).toBeLessThan(66);
    expect(outcome.ok && outcome.notes).toEqual([]);
  });

  it("names a group by its value, not by how it is written", () => {
    const texts = Array.from({ length: 40 }, (_, i) => String(i % 8));
    const numbers: Column = { name: "patient", type: "numeric", values: Float64Array.from(texts, Number) };
    expect(divide(numbers, 40)).toEqual(divide(columnOf(texts), 40));
  });

  it("says when few or uneven groups leave a hold-out of another size", () => {
    const groups = [...Array(60).fill("p0"), ..."p1 p2 p3 p4 p5 p6 p7".split(" ")];
    expect(divide(columnOf(groups), groups.length, { seed: 1 })).toMatchObject({
      ok: true,
      notes: [{ code: "holdout-share", where: { path: "d.csv", key: "split.holdout" }, written: "0.4" }],
    });
  });

  it.each([
    ["one group", ["a", "a"], {}, "1 group, holdout 0.4, seed 42"],
    ["a share that no group falls in", ["a", "b"], { holdout: 1e-9 }, "2 groups, holdout 1e-9, seed 42"],
  ])("refuses %s", (_, groups, changes, written) => {
    expect(divide(columnOf(groups), groups.length, changes)).toMatchObject({
      ok: false,
      problems: [
        {
          code: expect.stringMatching(/^empty-(holdout|training)$/),
          written,
          remedy: "Add groups, or change split.holdout or split.seed. The rows of one group always stay together.",
        },
      ],
    });
  });

  it("refuses rows without a group", () => {
    expect(divide(columnOf(["a", null, "b", null]), 4)).toEqual({
      ok: false,
      problems: [
        {
          code: "split-value-missing",
          where: { path: "d.csv", key: "split.column" },
          message: "The column that splits by group has no value in 2 of 4 rows.",
          written: "patient",
          allowed: "a value in every row whose target is known",
          remedy: "Fill in the values, or remove these rows.",
        },
      ],
    });
  });
});
