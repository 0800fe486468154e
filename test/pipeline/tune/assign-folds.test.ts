import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignFolds } from "../../../pipeline/tune/assign-folds.ts";
import { assignTimeFolds } from "../../../pipeline/tune/assign-time-folds.ts";

const arbitrary = fc.record({
  rows: fc.array(fc.record({ key: fc.integer({ min: 0, max: 60 }), label: fc.integer({ min: 0, max: 2 }) }), {
    minLength: 1,
    maxLength: 120,
  }),
  folds: fc.integer({ min: 2, max: 6 }),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});

describe("folds", () => {
  it("keep copies of a row together and do not depend on the order of rows", () => {
    fc.assert(
      fc.property(arbitrary, ({ rows, folds, seed }) => {
        const assign = (list: typeof rows) => {
          const { fold, place } = assignFolds(
            list.map(({ key }) => `k${key}`),
            list.map(({ label }) => label),
            folds,
            seed,
          );
          const byKey = new Map<number, string>();
          for (const [at, { key }] of list.entries()) {
            const said = `${fold[at]} ${place[at]}`;
            if ((byKey.get(key) ?? said) !== said) return "copies are apart";
            byKey.set(key, said);
          }
          return [...byKey].sort(([a], [b]) => a - b);
        };
        expect(assign(rows.toReversed())).toEqual(assign(rows));
        expect(assign(rows)).not.toBe("copies are apart");
      }),
      { numRuns: 60 },
    );
  });

  it("spread every class evenly", () => {
    const labels = Array.from({ length: 103 }, (_, row) => (row < 13 ? 1 : 0));
    const keys = labels.map((_, row) => `k${row}`);
    const { fold, place } = assignFolds(keys, labels, 5, 42);
    const counts = (label: number, holds: (row: number) => boolean) =>
      labels.filter((one, row) => one === label && holds(row)).length;
    const perFold = [0, 1, 2, 3, 4].map((which) => counts(1, (row) => fold[row] === which)).sort();
    expect([perFold, counts(1, (row) => place[row]! < 1 / 3), counts(0, (row) => place[row]! < 1 / 3)]).toEqual([
      [2, 2, 3, 3, 3],
      5,
      30,
    ]);
  });
});

describe("folds by time", () => {
  it.each([
    [
      "are parts in order, of which the first is never validated",
      [8, 1, 2, 3, 4, 5, 6, 7],
      3,
      [2, -1, -1, 0, 0, 1, 1, 2],
    ],
    ["keep rows of one time together", [1, 1, 1, 1, 2, 2, 3, 4], 3, [-1, -1, -1, -1, 1, 1, 2, 2]],
    ["may be empty when times are few", [1, 1, 1, 2], 3, [-1, -1, -1, 2]],
  ])("%s", (_, times, folds, expected) => {
    expect([...assignTimeFolds(times, folds)]).toEqual(expected);
  });
});
