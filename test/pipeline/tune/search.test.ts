import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { estimators } from "../../../pipeline/models/registry.ts";
import { defaultSpaces } from "../../../pipeline/tune/default-spaces.ts";
import type { JournalEntry } from "../../../pipeline/tune/journal.ts";
import { parseSpace } from "../../../pipeline/tune/parse-space.ts";
import { proposeTrials } from "../../../pipeline/tune/propose-trials.ts";
import { runSearch } from "../../../pipeline/tune/run-search.ts";
import { planSearch } from "../../../pipeline/tune/search-plan.ts";
import { list, range } from "../../../pipeline/tune/search-space.ts";

const spaceOf = (type: string, ...written: string[]) => {
  const parsed = parseSpace(type, written);
  return parsed.ok ? parsed.value : parsed.problems.map(({ code, written, remedy }) => [code, written, remedy]);
};

describe("default search spaces", () => {
  it("name every estimator that has options, and no other", () => {
    const tunable = [...estimators.values()].filter(
      ({ type }) => Array.isArray(spaceOf(type)) && parseSpace(type, []).ok,
    );
    expect(tunable.map(({ type }) => type).sort()).toEqual(Object.keys(defaultSpaces).sort());
  });

  it.each(Object.entries(defaultSpaces))("of %s hold only what the estimator takes", (type, space) => {
    const start = { type, ...(estimators.get(type)!.options.parse({}) as object) };
    const refused = proposeTrials(start, space, 200, 1).filter(({ type: _, ...options }) => {
      return !estimators.get(type)!.options.safeParse(options).success;
    });
    expect(refused).toEqual([]);
  });
});

describe("a written search space", () => {
  it.each([
    [
      "a wide range by its magnitude",
      "c=0.01..10",
      { name: "c", kind: "range", low: 0.01, high: 10, integer: false, scale: "log" },
    ],
    ["a narrow range evenly", "c=1..5", { name: "c", kind: "range", low: 1, high: 5, integer: false, scale: "linear" }],
    ["values", "c=1, 2,1", { name: "c", kind: "list", values: [1, 2] }],
    ["words", "class_weight=null", { name: "class_weight", kind: "list", values: [null] }],
    ["an option of its own", "solver=lbfgs", { name: "solver", kind: "list", values: ["lbfgs"] }],
    [
      "whole numbers",
      "max_iterations=10..20",
      { name: "max_iterations", kind: "range", low: 10, high: 20, integer: true, scale: "linear" },
    ],
    ["a range of one value", "c=3..3", { name: "c", kind: "list", values: [3] }],
  ])("searches %s", (_, written, dimension) => {
    const space = spaceOf("logistic-regression", written) as { name: string }[];
    expect(space.find(({ name }) => name === dimension.name)).toEqual(dimension);
  });

  it.each([
    ["an unknown option", ["cc=1"], [["unknown-option", "cc", "Did you mean c?"]]],
    [
      "nothing",
      ["c="],
      [
        [
          "search-space-empty",
          "c=",
          "Write values of c that the estimator takes: a number, at least 1e-9, at most 1000000000000.",
        ],
      ],
    ],
    [
      "an empty range",
      ["c=2..1"],
      [
        [
          "search-space-empty",
          "c=2..1",
          "Write values of c that the estimator takes: a number, at least 1e-9, at most 1000000000000.",
        ],
      ],
    ],
    [
      "values that are not allowed",
      ["c=1,x,-1"],
      [
        ["invalid-option-value", "x", "Write values that are allowed."],
        ["invalid-option-value", "-1", "Write values that are allowed."],
      ],
    ],
    [
      "a range of words",
      ["class_weight=null..balanced"],
      [["space-not-a-range", "class_weight=null..balanced", "List the values instead: class_weight=value,value."]],
    ],
    ["one option twice", ["c=1", "c=2"], [["option-repeated", "c=2", "Keep one of the two."]]],
    [
      "something else",
      ["", "=1"],
      [
        ["space-misspelled", "", "Write it as, for example, c=0.01..100."],
        ["space-misspelled", "=1", "Write it as, for example, c=0.01..100."],
      ],
    ],
    [
      "every mistake at once",
      ["zzzzzz=1", "c=inf"],
      [
        ["unknown-option", "zzzzzz", "Use one of the allowed names."],
        ["invalid-option-value", "inf", "Write values that are allowed."],
      ],
    ],
  ])("refuses %s", (_, written, problems) => {
    expect(spaceOf("logistic-regression", ...written)).toEqual(problems);
  });

  it.each(["baseline", "linear-regression"])("does not exist for %s", (type) => {
    expect(spaceOf(type)).toEqual([["nothing-to-tune", type, "Name one of the allowed estimators with --estimator."]]);
  });
});

describe("the trials of a search", () => {
  const start = { type: "t", a: 1, b: "x" };
  const space = [range("a", 1, 1000, true), list("b", ["x", "y", "z"])];

  it("begin with the start, repeat none, and do not depend on how many are asked for", () => {
    const many = proposeTrials(start, space, 300, 7);
    expect([many[0], new Set(many.map((one) => JSON.stringify(one))).size]).toEqual([start, 300]);
    expect(proposeTrials(start, space, 20, 7)).toEqual(many.slice(0, 20));
  });

  it("are others for another seed", () => {
    expect(proposeTrials(start, space, 5, 8)).not.toEqual(proposeTrials(start, space, 5, 7));
  });

  it("end when the space has no more points", () => {
    const small = [range("a", 1, 2, true), list("b", ["x", "y"])];
    const trials = proposeTrials(start, small, 100, 7).map(({ a, b }) => `${a}${b}`);
    expect([trials[0], trials.sort()]).toEqual(["1x", ["1x", "1y", "2x", "2y"]]);
  });

  it("spread a logarithmic range over its magnitudes", () => {
    const drawn = proposeTrials(start, [range("a", 0.001, 1000)], 601, 7).slice(1);
    const below = drawn.filter(({ a }) => (a as number) < 1).length;
    expect(below).toBeGreaterThan(250);
    expect(below).toBeLessThan(350);
  });
});

describe("the plan of a search", () => {
  it.each([
    ["random search: one round", "random", 27, 9000, [[27, 1]]],
    [
      "halving: three times the rows for the best third",
      "successive-halving",
      27,
      2000,
      [
        [27, 1 / 9],
        [9, 1 / 3],
        [3, 1],
      ],
    ],
    [
      "few rows leave fewer rounds",
      "successive-halving",
      27,
      600,
      [
        [27, 1 / 3],
        [9, 1],
      ],
    ],
    ["too few rows leave a random search", "successive-halving", 27, 200, [[27, 1]]],
    [
      "few trials leave fewer rounds",
      "successive-halving",
      4,
      100_000,
      [
        [4, 1 / 3],
        [2, 1],
      ],
    ],
    ["one trial", "successive-halving", 1, 100_000, [[1, 1]]],
  ] as const)("%s", (_, kind, trials, rows, rounds) => {
    const planned = planSearch(kind, trials, rows).map(({ trials, share }) => [trials, Number(share.toFixed(6))]);
    expect(planned).toEqual(rounds.map(([trials, share]) => [trials, Number(share.toFixed(6))]));
  });
});

describe("running a search", () => {
  const trials = Array.from({ length: 9 }, (_, a) => ({ type: "t", a }));
  const rungs = [
    { trials: 9, share: 1 / 3 },
    { trials: 3, share: 1 },
  ];
  const evaluate = ({ a }: { [option: string]: unknown }) => {
    const score = a === 5 ? null : (a as number);
    return { score, standardError: 0, folds: [score], reason: score === null ? "five" : null };
  };
  const search = (entries: JournalEntry[] = [], seconds = 1000, appended: JournalEntry[] = []) =>
    runSearch({
      trials,
      rungs,
      direction: "higher",
      seconds,
      evaluate,
      journal: { entries, append: (entry) => appended.push(entry) },
    });
  const told = (entries: JournalEntry[]) => entries.map(({ trial, share }) => [trial, share]);

  it("takes the best third and the start into the next round", () => {
    const { entries, stopped } = search();
    expect([told(entries).slice(9), stopped]).toEqual([
      [
        [0, 1],
        [6, 1],
        [7, 1],
        [8, 1],
      ],
      "finished",
    ]);
  });

  it("does nothing again that a journal knows, wherever it was cut", () => {
    const whole = search().entries.map((entry) => ({ ...entry, seconds: 1 }));
    const withoutTime = (entries: JournalEntry[]) => entries.map((entry) => ({ ...entry, seconds: 0 }));
    for (let kept = 0; kept <= whole.length; kept++) {
      const appended: JournalEntry[] = [];
      const { entries } = search(whole.slice(0, kept), 1000, appended);
      expect([withoutTime(entries), appended.length]).toEqual([withoutTime(whole), whole.length - kept]);
    }
  });

  it("stops when the time of all sittings is spent, and at the same place when asked again", () => {
    const slow = search().entries.map((entry) => ({ ...entry, seconds: 10 }));
    const { entries, stopped } = search(slow.slice(0, 4), 40);
    expect([told(entries), stopped]).toEqual([[0, 1, 2, 3].map((trial) => [trial, 1 / 3]), "seconds"]);
  });
});

describe("the documentation", () => {
  it("names every default search space", () => {
    const text = readFileSync("docs/command-line.md", "utf8");
    const rows = text.split("\n").filter((line) => /^\| `[a-z-]+` \| `\w+=/.test(line));
    const documented = rows.map((row) => {
      const [type = "", ...written] = [...row.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
      return [type, spaceOf(type, ...written)];
    });
    expect(Object.fromEntries(documented)).toEqual(defaultSpaces);
  });
});
