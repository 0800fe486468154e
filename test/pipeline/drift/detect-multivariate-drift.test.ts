import { describe, expect, it } from "vitest";
import {
  detectMultivariateDrift,
  type MultivariateOptions,
} from "../../../pipeline/drift/detect-multivariate-drift.ts";
import { gradientBoosting } from "../../../pipeline/models/gradient-boosting.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Column, Table } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const random = createRandom("multivariate");
const normals = (count: number) => Array.from({ length: count }, () => random.normal());
const colors = (count: number, red: number) =>
  Array.from({ length: count }, () => (random.uniform() < red ? "red" : "blue"));

const options = (given: Partial<MultivariateOptions> = {}): MultivariateOptions => ({
  features: ["x", "y", "color"],
  estimator: gradientBoosting,
  estimatorOptions: { max_depth: 3, max_iterations: 30 },
  seed: 1,
  minimumRows: 50,
  level: 0.95,
  ...given,
});

/** Two columns of the same two distributions whatever `together` is; only their joint distribution differs. */
function pairOf(count: number, together: boolean): Table {
  const x = normals(count);
  const y = normals(count).map(
    (noise, i) => (together ? 0.95 * x[i]! : 0) + (together ? Math.sqrt(1 - 0.95 ** 2) : 1) * noise,
  );
  return tableOf(numeric("x", x), numeric("y", y), categorical("color", colors(count, 0.5)));
}

const base = pairOf(1500, true);

describe("detectMultivariateDrift", () => {
  it("sees a correlation that broke, which no single column shows", () => {
    const drift = detectMultivariateDrift(base, pairOf(1500, false), options());
    expect({
      answer: drift.answer,
      columns: drift.columns.map(({ column }) => column).sort(),
      description: drift.description,
    }).toEqual({
      answer: "drifted",
      columns: ["x", "y"],
      description: expect.stringMatching(
        /^a classifier tells head rows from base rows with an area of 0\.[89]\d \(0\.50 is guessing\), mostly by [xy], [xy]$/,
      ),
    });
    expect(drift.interval!.low).toBeGreaterThan(0.7);
  });

  it("sees a category whose share moved and names the column", () => {
    const head = tableOf(base.columns[0]!, base.columns[1]!, categorical("color", colors(1500, 0.9)));
    const drift = detectMultivariateDrift(base, head, options());
    expect([drift.answer, drift.columns.map(({ column }) => column)]).toEqual(["drifted", ["color"]]);
  });

  it.each([
    { why: "another draw of the same", head: pairOf(1500, true) },
    { why: "the same table", head: base },
  ])("is stable for $why", ({ head }) => {
    const { answer, effect, columns } = detectMultivariateDrift(base, head, options());
    expect({ answer, small: effect! < 0.12, columns }).toEqual({ answer: "stable", small: true, columns: [] });
  });

  it("is not told apart by remembering rows: the same table gives exactly ½", () => {
    expect(detectMultivariateDrift(base, base, options()).area).toBe(0.5);
  });

  const apart = createRandom("columns that are no features");
  const other = (name: string, count: number) =>
    numeric(
      name,
      Array.from({ length: count }, () => apart.normal()),
    );
  it.each<{ why: string; before: Column[]; after: Column[] }>([
    { why: "renamed", before: [other("note", 1500)], after: [other("remark", 1500)] },
    { why: "added", before: [], after: [other("note", 1500)] },
    { why: "renumbered", before: [other("id", 1500)], after: [other("id", 1500)] },
  ])("a column that is no feature and was $why tears no equal rows apart", ({ before, after }) => {
    const first = tableOf(...base.columns, ...before);
    const second = tableOf(...base.columns, ...after);
    expect(detectMultivariateDrift(first, second, options())).toMatchObject({
      answer: "stable",
      area: 0.5,
      description: "a classifier tells head rows from base rows no better than by guessing",
    });
  });

  it("sees the same drift whatever a column that is no feature does", () => {
    const moved = base.columns.map((column) =>
      column.type === "numeric" && column.name === "x"
        ? { ...column, values: column.values.map((value, row) => (row % 2 ? value + 3 : value)) }
        : column,
    );
    const plain = detectMultivariateDrift(base, tableOf(...moved), options());
    const renumbered = detectMultivariateDrift(
      tableOf(...base.columns, other("id", 1500)),
      tableOf(...moved, other("id", 1500)),
      options(),
    );
    expect([plain.answer, renumbered]).toEqual(["drifted", plain]);
  });

  it.each([
    {
      why: "few rows",
      head: pairOf(100, true),
      given: {},
      answer: "not-enough-data",
      description: expect.stringMatching(/^\d+ and \d+ test rows are too few to judge$/),
    },
    {
      why: "no rows",
      head: tableOf(numeric("x", [])),
      given: { features: ["x"], minimumRows: 0 },
      answer: "not-comparable",
      description: "only one side has rows to learn from",
    },
    {
      why: "no shared feature",
      head: pairOf(100, true),
      given: { features: ["z"] },
      answer: "not-comparable",
      description: "no feature exists on both sides in one type",
    },
    {
      why: "features of other types or without values",
      head: tableOf(
        categorical("x", colors(1500, 0.5)),
        numeric(
          "y",
          normals(1500).map(() => null),
        ),
      ),
      given: { features: ["x"] },
      answer: "not-comparable",
      description: "no feature exists on both sides in one type",
    },
    {
      why: "wrong options",
      head: pairOf(1500, true),
      given: { estimatorOptions: { max_depth: 0 } },
      answer: "not-comparable",
      description: expect.stringMatching(/^the classifier's options are wrong: /),
    },
  ])("answers with $why", ({ head, given, answer, description }) => {
    const drift = detectMultivariateDrift(base, head, options(given));
    expect({ answer: drift.answer, area: drift.area, description: drift.description }).toEqual({
      answer,
      area: null,
      description,
    });
  });

  it("says that nothing can be learned from features that both sides have", () => {
    const codes = tableOf(
      categorical(
        "code",
        Array.from({ length: 400 }, (_, row) => `c${row}`),
      ),
      categorical(
        "unit",
        Array.from({ length: 400 }, () => "kg"),
      ),
    );
    const drift = detectMultivariateDrift(codes, codes, options({ features: ["code", "unit"] }));
    expect([drift.answer, drift.description]).toEqual([
      "not-comparable",
      "no feature has values to learn from: all are rare, missing or always the same",
    ]);
  });

  it("leaves out identifiers and pools rare categories", () => {
    const withIds = (table: Table, prefix: string) =>
      tableOf(
        ...table.columns,
        categorical(
          "id",
          normals(1500).map((_, row) => `${prefix}${row}`),
        ),
      );
    const drift = detectMultivariateDrift(
      withIds(base, "a"),
      withIds(pairOf(1500, true), "b"),
      options({ features: ["x", "id"] }),
    );
    expect(drift.answer).toBe("stable");
  });

  it("draws at most the given rows from each side", () => {
    const { rows } = detectMultivariateDrift(base, pairOf(1500, true), options({ rowsPerSide: 400 }));
    expect(rows.base + rows.head).toBeLessThan(320);
  });
});
