import { describe, expect, it } from "vitest";
import { compareChosen, mustTell, tellChosen } from "../../../pipeline/compare/changed-rows.ts";
import type { ChosenRows } from "../../../pipeline/compare/comparison.ts";
import { aRun, type HoldoutRow } from "../../support/runs.ts";

describe("whether changed hold-out rows must be told", () => {
  it.each<[changed: number, heldOut: number, told: boolean]>([
    [0, 0, false],
    [0, 20, false],
    [2, 20, false],
    [3, 20, true],
    [1, 52, false],
    [14, 800, false],
    [15, 800, true],
    [50, 10_000, false],
    [51, 10_000, true],
  ])("%d of %d: %s", (changed, heldOut, told) => {
    expect(mustTell(changed, heldOut)).toBe(told);
  });
});

const size = 100;
/** Of 100 rows the first 20 are changed. */
const changed = new Set(Array.from({ length: 20 }, (_, at) => at));
const all = Array.from({ length: size }, (_, at) => at);

/** A run that is wrong on the first so many of the changed rows and of the others. */
function classes([ofChanged, ofOthers]: [number, number], rows = all, names = ["no", "yes"]) {
  const [truth, other] = names[0] === "no" ? [1, 0] : [0, 1];
  const says = (right: boolean) => (right === (truth === 1) ? [0.1, 0.9] : [0.9, 0.1]);
  return aRun(
    rows.map((row): HoldoutRow => {
      const right = row < 20 ? row >= ofChanged : row - 20 >= ofOthers;
      return { key: `k${String(row).padStart(3, "0")}`, actual: names[truth === 1 ? 1 : 0]!, says: says(right), row };
    }),
    { classes: names, positive: names[other]! },
  );
}

/** A run that is so far off on the changed rows and on the others, a little more with each row. */
function numbers([ofChanged, ofOthers]: [number, number], rows = all) {
  return aRun(
    rows.map(
      (row): HoldoutRow => ({
        key: `k${String(row).padStart(3, "0")}`,
        actual: row,
        says: row + (row < 20 ? ofChanged : -ofOthers) * (1 + row / 1e6),
        row,
      }),
    ),
    { classes: [] },
  );
}

const shares = ({ base, head }: ChosenRows) => [base, head].map((side) => side && [side.chosen, side.others]);

describe("rows that a change takes out or relabels", () => {
  type Wrong = [ofChanged: number, ofOthers: number];
  it.each<[what: string, base: Wrong, head: Wrong, beyondChance: boolean]>([
    ["one model on both sides, which finds them as hard", [5, 20], [5, 20], false],
    ["one model on both sides, which finds them harder", [18, 8], [18, 8], false],
    ["one model on both sides, which finds them easier", [0, 60], [0, 60], false],
    ["a head that is worse alike everywhere", [2, 8], [6, 24], false],
    ["a head that is worse there by no more than chance", [2, 8], [4, 12], false],
    ["a head that is worse there", [1, 8], [12, 8], true],
    ["a head that is better there", [12, 8], [1, 8], true],
    ["a head that is better elsewhere only", [5, 60], [5, 5], true],
  ])("%s", (_, base, head, beyondChance) => {
    const found = compareChosen(classes(base), classes(head), changed)!;
    const { rows, of } = found;
    expect({ rows, of, shares: shares(found), beyondChance: found.beyondChance }).toEqual({
      rows: 20,
      of: 100,
      shares: [base, head].map(([ofChanged, ofOthers]) => [ofChanged / 20, ofOthers / 80]),
      beyondChance,
    });
    expect(found.p! < 0.01).toBe(beyondChance);
  });

  it("are not chosen when few rows tell: the head is worse on 1 of 2, and on 2 of the 98 others", () => {
    // by chance alone that comes in 6 of 100 cases (hypergeometric distribution)
    const wrongOn = (some: readonly number[]) => {
      const says = (row: number) => (some.includes(row) ? [0.9, 0.1] : [0.1, 0.9]);
      return aRun(all.map((row) => ({ key: `k${String(row).padStart(3, "0")}`, actual: "yes", says: says(row), row })));
    };
    const found = compareChosen(wrongOn([]), wrongOn([0, 10, 20]), new Set([0, 1]));
    expect(found).toMatchObject({ rows: 2, of: 100, beyondChance: false });
  });

  it("are compared by names of classes, in whatever order a side numbers them", () => {
    const [base, head] = [classes([1, 8]), classes([12, 8], all, ["yes", "no"])];
    expect(head.classes).not.toEqual(base.classes);
    expect(compareChosen(base, head, changed)).toEqual(compareChosen(base, classes([12, 8]), changed));
  });

  it.each<[what: string, head: Wrong, beyondChance: boolean]>([
    ["as far off", [1.5, 0.25], false],
    ["further off there", [2.5, 0.25], true],
  ])("numbers: %s", (_, head, beyondChance) => {
    const found = compareChosen(numbers([1.5, 0.25]), numbers(head), changed)!;
    expect({ shares: shares(found)[1]!.map((value) => Number(value!.toFixed(3))), found: found.beyondChance }).toEqual({
      shares: head,
      found: beyondChance,
    });
  });

  it.each<[what: string, base: Wrong, beyondChance: boolean]>([
    ["as hard", [5, 20], false],
    ["harder by no more than chance", [8, 20], false],
    ["harder", [12, 20], true],
    ["easier", [0, 40], true],
  ])("without an answer of the head: %s for the base's model", (_, base, beyondChance) => {
    const head = classes(base, all.slice(20));
    expect(compareChosen(classes(base), head, changed)).toMatchObject({ head: null, beyondChance });
  });

  it.each<[what: string, rows: Set<number>]>([
    ["none", new Set()],
    ["all", new Set(all)],
  ])("%s are compared with nothing", (_, rows) => {
    expect(compareChosen(classes([1, 8]), classes([12, 8]), rows)).toBe(null);
  });
});

describe("the sentence", () => {
  const judged = (head: ChosenRows["head"], beyondChance = false): ChosenRows => ({
    rows: 20,
    of: 100,
    base: { chosen: 0.25, others: 0.1 },
    head,
    p: 0.5,
    beyondChance,
  });
  it.each<[what: string, given: ChosenRows, task: "binary" | "multiclass" | "regression", sentence: string]>([
    [
      "of classes",
      judged({ chosen: 0.58, others: 0.3 }, true),
      "binary",
      "On them the base's model is right in 75 % and the head's in 42 %, elsewhere in 90 % and 70 %: more than chance.",
    ],
    [
      "of many classes, by chance",
      judged({ chosen: 0.25, others: 0.1 }),
      "multiclass",
      "On them the base's model is right in 75 % and the head's in 75 %, elsewhere in 90 % and 90 %.",
    ],
    [
      "of numbers",
      judged({ chosen: 1.5, others: 1234.5678 }),
      "regression",
      "On them the base's model errs by 0.25 and the head's by 1.5, elsewhere by 0.1 and 1230.",
    ],
    [
      "without an answer of the head",
      judged(null, true),
      "binary",
      "On them the base's model is right in 75 %, elsewhere in 90 %: more than chance.",
    ],
  ])("%s", (_, given, task, sentence) => {
    expect(tellChosen(given, task)).toBe(sentence);
  });
});
