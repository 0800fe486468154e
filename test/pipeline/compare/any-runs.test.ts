import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareByKey } from "../../support/matches.ts";
import { aRun, type HoldoutRow } from "../../support/runs.ts";
import { categorical, numeric } from "../../support/tables.ts";

const classes = fc.constantFrom<string[]>([], ["no", "yes"], ["a", "b", "c"], ["only"]);
const coarse = fc.constantFrom<number>(0, 0.1, 0.5, 0.5, 0.9, 1);

/** A hold-out with many ties, certain predictions, absent classes and any size. */
const holdout = (names: string[]) =>
  fc
    .array(
      fc.record({
        label: fc.nat(2),
        weights: fc.tuple(coarse, coarse, coarse),
        value: fc.integer({ min: -3, max: 3 }),
      }),
      { maxLength: 60 },
    )
    .map((drawn) =>
      drawn.map(({ label, weights, value }, i): HoldoutRow => {
        const key = `k${String(i).padStart(2, "0")}`;
        if (names.length === 0) return { key, actual: label, says: value };
        const own = weights.slice(0, names.length);
        const total = own.reduce((sum, weight) => sum + weight, 0);
        return {
          key,
          actual: names[label % names.length]!,
          says: own.map((weight) => (total === 0 ? 1 / own.length : weight / total)),
        };
      }),
    );

const sides = classes.chain((names) =>
  fc.record({ names: fc.constant(names), base: holdout(names), head: holdout(names) }),
);

/** Every number in a value that is not finite, by path. */
function notFinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, part]) => notFinite(part, `${path}.${key}`));
}

const columns = {
  group: categorical(
    "group",
    Array.from({ length: 60 }, (_, row) => ["x", "y", null][row % 3]!),
  ),
  size: numeric(
    "size",
    Array.from({ length: 60 }, (_, row) => (row % 7 === 0 ? null : row % 13)),
  ),
};

describe("compareRuns, whatever the runs", () => {
  it("gives every metric a verdict, finite numbers, and a reason where there is no interval", () => {
    fc.assert(
      fc.property(sides, ({ names, base, head }) => {
        const run = (rows: HoldoutRow[]) => aRun(rows, { classes: names, target: "target" });
        const comparison = compareByKey(run(base), run(head), {
          metrics: { roc_auc: { tolerance: 0.01 }, recall: { tolerance: 0 }, mean_absolute_error: { tolerance: 0.1 } },
          level: 0.95,
          sliceColumns: ["group", "size"],
          slices: [
            { column: "group", value: "x" },
            { column: "size", value: "<3" },
          ],
          headColumn: (name) => columns[name as keyof typeof columns] ?? null,
          seed: 1,
          resamples: 30,
          discover: ["group", "size"],
        });
        const all = [...comparison.metrics, ...comparison.slices.flatMap(({ metrics }) => metrics)];
        const unexplained = all.filter(
          ({ verdict, interval, reason }) =>
            (verdict === "incomparable") !== (interval === null) || (interval === null && !reason),
        );
        expect({
          notFinite: notFinite(comparison),
          unexplained,
          plain: JSON.parse(JSON.stringify(comparison)),
        }).toEqual({
          notFinite: [],
          unexplained: [],
          plain: comparison,
        });
      }),
      { numRuns: 80, seed: 7 },
    );
  });
});
