import { describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { selectFeatures } from "../../../pipeline/split/select-features.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";
import { anExperiment } from "../read/experiments.ts";

const table = tableOf(
  numeric("id", [1, 2, 3]),
  numeric("age", [30, 40, null]),
  categorical("sex", ["f", "m", "f"]),
  categorical("y", ["no", null, "yes"]),
);

function select(changes: Partial<Experiment>, of = table) {
  return selectFeatures(of, anExperiment(changes), ["binary", "multiclass"]);
}

describe("selectFeatures", () => {
  it.each<[string, Partial<Experiment>, string[], string | null]>([
    ["all but the target", {}, ["id", "age", "sex"], null],
    ["all but target, key and excluded ones", { key: "id", exclude: ["sex"] }, ["age"], "id"],
    ["the named ones, in file order", { features: ["sex", "age"] }, ["age", "sex"], null],
  ])("takes %s", (_, changes, features, key) => {
    const outcome = select(changes);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(outcome.value.features.map(({ name }) => name)).toEqual(features);
    expect(outcome.value.key?.name ?? null).toBe(key);
    expect(outcome.value.rows).toEqual(Int32Array.from([0, 2]));
    expect(outcome.notes).toEqual([
      {
        code: "target-missing",
        where: { path: "data.csv" },
        message: "1 of 3 rows has no target and was left out.",
        written: "y",
        remedy: "Label this row, or remove it.",
      },
    ]);
  });

  it.each<[labels: (string | null)[], message: string]>([
    [["no", null, "yes", "no"], "1 of 4 rows has no target and was left out."],
    [["no", null, "yes", null], "2 of 4 rows have no target and were left out."],
  ])("counts the rows of %j without a label", (labels, message) => {
    const outcome = select({}, tableOf(numeric("age", [30, 40, 50, 60]), categorical("y", labels)));
    expect(outcome.ok && outcome.notes.map((note) => note.message)).toEqual([message]);
  });

  it("says of a single column how the file may be separated", () => {
    const outcome = select({}, tableOf(categorical("a b c", ["1 2 yes"])));
    expect(outcome.ok ? [] : outcome.problems.map(({ remedy }) => remedy)).toEqual([
      "Correct target, or add the column. The file has a single column: if its cells are separated by spaces, export it with commas.",
    ]);
  });

  it("names every absent column at once", () => {
    const outcome = select({ target: "Y2", key: "idd", features: ["age", "gone"] });
    const allowed = "id, age, sex, y";
    const where = (key: string) => ({ path: "data.csv", key });
    expect(outcome).toEqual({
      ok: false,
      problems: [
        {
          code: "target-absent",
          where: where("target"),
          message: "The data has no column Y2.",
          written: "Y2",
          allowed,
          remedy: "Did you mean y?",
        },
        {
          code: "key-absent",
          where: where("key"),
          message: "The data has no column idd.",
          written: "idd",
          allowed,
          remedy: "Did you mean id?",
        },
        {
          code: "feature-absent",
          where: where("features"),
          message: "The data has no column gone.",
          written: "gone",
          allowed,
          remedy: "Correct features, or add the column.",
        },
      ],
    });
  });

  it("quotes a suggestion with spaces", () => {
    const spaced = { ...table, columns: table.columns.map((column) => ({ ...column, name: `my  ${column.name}` })) };
    const outcome = selectFeatures(spaced, anExperiment({ target: "my y" }), ["binary"]);
    expect(outcome.ok ? [] : outcome.problems.map(({ remedy }) => remedy)).toContain('Did you mean "my  y"?');
  });

  it.each<[what: string, names: string[], format: Partial<Experiment["format"]>, remedy: string]>([
    [
      "numbers, as of a file whose header was removed",
      ["7.4", "0", "red"],
      {},
      "Correct target, or add the column. If the first line is data, put the column names before it, or declare `format.header: false` and `format.names`.",
    ],
    ["whole numbers, which count the columns", ["0", "1", "2"], {}, "Correct target, or add the column."],
    ["numbers, and were declared", ["7.4", "0", "red"], { header: false }, "Correct target, or add the column."],
    ["mostly words", ["7.4", "white", "red"], {}, "Correct target, or add the column."],
  ])("says what to do when the columns' names are %s", (_, names, changes, remedy) => {
    const format = { ...anExperiment({}).format, ...changes };
    const outcome = select({ target: "quality", format }, tableOf(...names.map((name) => numeric(name, [1, 2, 3]))));
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.remedy)).toEqual([remedy]);
  });

  it("only notes absent columns that are excluded or typed", () => {
    const outcome = select({ exclude: ["ag"], columns: { zzzzzz: "numeric" } });
    expect(outcome.ok && outcome.notes.map(({ code, written, remedy }) => [code, written, remedy])).toEqual([
      ["excluded-column-absent", "ag", "Did you mean age?"],
      ["typed-column-absent", "zzzzzz", "Correct columns, or add the column."],
      ["target-missing", "y", "Label this row, or remove it."],
    ]);
  });

  it("refuses a table without features", () => {
    const outcome = select({ exclude: ["id", "age", "sex"] });
    expect(outcome.ok ? [] : outcome.problems).toEqual([
      {
        code: "no-features",
        where: { path: "data.csv" },
        message: "No column is left to learn from.",
        written: "id, age, sex, y",
        allowed: "at least one column besides target, key and excluded ones",
        remedy: "Add columns, or shorten `exclude`.",
      },
    ]);
  });

  it("tells problems of the target together with the others", () => {
    const outcome = select({ target: "sex", positive: "x", features: ["none"] });
    expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code)).toEqual(["feature-absent", "positive-absent"]);
  });
});
