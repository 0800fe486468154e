import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitRows } from "../../../pipeline/split/split-rows.ts";
import { hashText } from "../../../pipeline/stats/hash.ts";

const split = { holdout: 0.25, seed: 42 };
const all = (keys: readonly unknown[]) => Int32Array.from(keys, (_, row) => row);

/** Keys of the hold-out rows. */
function heldOut(keys: readonly string[], options = split): string[] {
  const outcome = splitRows(keys, all(keys), options, "d.csv");
  if (!outcome.ok) return outcome.problems.map(({ code }) => code);
  return Array.from(outcome.value.holdout, (row) => keys[row]!);
}

const someKeys = fc.array(
  fc.nat({ max: 500 }).map((n) => hashText(String(n))),
  { minLength: 60, maxLength: 200 },
);

describe("splitRows", () => {
  it("has fixed results", () => {
    const keys = Array.from({ length: 12 }, (_, i) => hashText(`row ${i}`));
    const outcome = splitRows(keys, all(keys), split, "d.csv");
    expect(outcome).toEqual({
      ok: true,
      notes: [],
      value: { train: Int32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), holdout: Int32Array.from([0]) },
    });
  });

  it("holds out about the share asked for", () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => hashText(`row ${i}`));
    for (const holdout of [0.01, 0.25, 0.9]) {
      const share = heldOut(keys, { holdout, seed: 7 }).length / keys.length;
      // Four standard errors.
      expect(Math.abs(share - holdout)).toBeLessThan(4 * Math.sqrt((holdout * (1 - holdout)) / keys.length));
    }
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(someKeys, fc.infiniteStream(fc.nat()), (keys, numbers) => {
        const shuffled = keys
          .map((key) => ({ key, at: numbers.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ key }) => key);
        expect(heldOut(shuffled).sort()).toEqual(heldOut(keys).sort());
      }),
    );
  });

  it("moves no row when another is added", () => {
    fc.assert(
      fc.property(someKeys, fc.nat(), (keys, added) => {
        const key = hashText(`added ${added}`);
        expect(heldOut([key, ...keys]).filter((other) => other !== key)).toEqual(heldOut(keys));
      }),
    );
  });

  it("keeps rows of one key on one side", () => {
    fc.assert(
      fc.property(someKeys, (keys) => {
        const doubled = [...keys, ...keys];
        const held = new Set(heldOut(doubled));
        const outcome = splitRows(doubled, all(doubled), split, "d.csv");
        const train = outcome.ok ? Array.from(outcome.value.train, (row) => doubled[row]!) : [];
        expect(train.filter((key) => held.has(key))).toEqual([]);
      }),
    );
  });

  it("depends on the seed", () => {
    const keys = Array.from({ length: 100 }, (_, i) => hashText(`row ${i}`));
    expect(heldOut(keys, { holdout: 0.5, seed: 1 })).not.toEqual(heldOut(keys, { holdout: 0.5, seed: 2 }));
  });

  it.each([
    ["no rows to evaluate on", 0.0001, "empty-holdout", "The split leaves no rows to evaluate on, out of 3."],
    ["no rows to train on", 0.9999, "empty-training", "The split leaves no rows to train on, out of 3."],
  ])("refuses a split that leaves %s", (_, holdout, code, message) => {
    const keys = ["a", "b", "c"].map((text) => hashText(text));
    expect(splitRows(keys, all(keys), { holdout, seed: 42 }, "d.csv")).toEqual({
      ok: false,
      problems: [
        {
          code,
          where: { path: "d.csv", key: "split.holdout" },
          message,
          written: `holdout ${holdout}, seed 42`,
          allowed: "a split with rows on both sides",
          remedy: "Add data, or change split.holdout or split.seed. Copies of one row always stay together.",
        },
      ],
    });
  });

  it("refuses no rows and copies of one row", () => {
    expect(heldOut([])).toEqual(["empty-holdout"]);
    expect(["empty-holdout", "empty-training"]).toContain(heldOut(Array(50).fill("k"))[0]);
  });
});
