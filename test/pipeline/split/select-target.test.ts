import { describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { selectTarget } from "../../../pipeline/split/select-target.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric } from "../../support/tables.ts";
import { anExperiment } from "../read/experiments.ts";

const classification = ["binary", "multiclass"] as const;
const range = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i));

describe("selectTarget", () => {
  it.each<[string, Column, Partial<Experiment>, object]>([
    [
      "two words, the rarer one positive",
      categorical("y", ["no", "yes", "no", null]),
      {},
      { task: "binary", classes: ["no", "yes"], positive: "yes", values: Int32Array.from([0, 1, 0, -1]) },
    ],
    [
      "two equally frequent words, the later one positive",
      categorical("y", ["b", "a"]),
      {},
      { task: "binary", classes: ["a", "b"], positive: "b", values: Int32Array.from([1, 0]) },
    ],
    [
      "numbers as classes, sorted as text",
      numeric("y", [10, 2, null, 1, -0, 0]),
      {},
      {
        task: "multiclass",
        classes: ["0", "1", "10", "2"],
        positive: null,
        values: Int32Array.from([2, 3, -1, 1, 0, 0]),
      },
    ],
    [
      "a declared positive class, written as another form of the number",
      numeric("y", [0, 1, 1]),
      { positive: "0.0" },
      { task: "binary", classes: ["0", "1"], positive: "0", values: Int32Array.from([0, 1, 1]) },
    ],
    [
      "a few fractions as classes",
      numeric("y", [0.5, 1.5]),
      {},
      { task: "binary", classes: ["0.5", "1.5"], positive: "1.5", values: Int32Array.from([0, 1]) },
    ],
    [
      "500 classes",
      categorical(
        "y",
        range(500, (i) => `c${1000 + i}`),
      ),
      {},
      {
        task: "multiclass",
        classes: range(500, (i) => `c${1000 + i}`),
        positive: null,
        values: Int32Array.from(range(500, String), Number),
      },
    ],
  ])("takes %s", (_, column, changes, value) => {
    expect(selectTarget(column, anExperiment(changes), classification)).toEqual({ ok: true, notes: [], value });
  });

  it("takes numbers as they are for regression", () => {
    const column = numeric("y", [1.5, null, 3]);
    expect(selectTarget(column, anExperiment(), ["regression"])).toEqual({
      ok: true,
      notes: [],
      value: { task: "regression", values: column.values, classes: [], positive: null },
    });
  });

  it.each<[string, Column, Partial<Experiment>, readonly ("binary" | "multiclass" | "regression")[], object]>([
    [
      "no values",
      categorical("y", [null, null]),
      {},
      classification,
      { code: "target-empty", message: "The target has no value in any of 2 rows.", written: "y" },
    ],
    [
      "one class",
      categorical("y", ["a", null, "a"]),
      {},
      classification,
      { code: "single-class", written: "a", allowed: "at least two classes" },
    ],
    [
      "501 classes",
      categorical(
        "y",
        range(501, (i) => `c${1000 + i}`),
      ),
      {},
      classification,
      {
        code: "too-many-classes",
        message: "The target has 501 different values.",
        written: "c1000, c1001, c1002, c1003, c1004, …",
        allowed: "at most 500 classes",
      },
    ],
    [
      "a quantity",
      numeric(
        "y",
        Array.from({ length: 30 }, (_, i) => i / 4),
      ),
      {},
      classification,
      {
        code: "target-is-continuous",
        message: "The target has 30 different numbers with fractions; the estimator predicts classes.",
      },
    ],
    [
      "ISO dates",
      categorical("y", ["2024-01-31", "2024-02-01"]),
      {},
      classification,
      { code: "target-is-date", written: "2024-01-31, 2024-02-01" },
    ],
    [
      "times",
      categorical("y", ["2024-01-31T10:00:00Z", "2024-02-01 11:00"]),
      {},
      classification,
      { code: "target-is-date" },
    ],
    ["American dates", categorical("y", ["1/31/2024", "2/1/2024"]), {}, classification, { code: "target-is-date" }],
    [
      "an absent positive class",
      categorical("y", ["a", "b"]),
      { positive: "c" },
      classification,
      { code: "positive-absent", written: "c", allowed: "a, b" },
    ],
    [
      "words for regression",
      categorical("y", ["a", "1"]),
      {},
      ["regression"],
      { code: "target-not-numeric", written: "1, a" },
    ],
    [
      "regression by an estimator for classes",
      numeric("y", [1, 2, 3]),
      { task: "regression" },
      classification,
      { code: "unsupported-task", written: "logistic-regression" },
    ],
    [
      "classes by an estimator for quantities",
      numeric("y", [0, 1, 0]),
      { task: "classification" },
      ["regression"],
      { code: "unsupported-task", allowed: "an estimator for classes, or `task: regression`" },
    ],
    [
      "three classes for a binary estimator",
      categorical("y", ["a", "b", "c"]),
      {},
      ["binary"],
      { code: "unsupported-task", allowed: "binary" },
    ],
  ])("refuses %s", (_, column, changes, tasks, problem) => {
    const outcome = selectTarget(column, anExperiment(changes), tasks);
    expect(outcome.ok ? [] : outcome.problems).toEqual([
      expect.objectContaining({ where: { path: "data.csv" }, ...problem }),
    ]);
  });

  const quarters = numeric(
    "y",
    Array.from({ length: 30 }, (_, i) => i / 4),
  );
  const everything = ["binary", "multiclass", "regression"] as const;
  it.each([
    ["fractions without a task are a quantity", quarters, null, "regression"],
    ["few whole numbers without a task are classes", numeric("y", [0, 1, 0]), null, "binary"],
    ["whole numbers as a quantity", numeric("y", [0, 1, 0]), "regression", "regression"],
  ] as const)("where the estimator can do both: %s", (_, column, task, expected) => {
    const outcome = selectTarget(column, anExperiment({ task }), everything);
    expect(outcome.ok && outcome.value.task).toBe(expected);
  });
});
