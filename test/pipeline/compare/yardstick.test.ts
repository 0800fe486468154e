import { describe, expect, it } from "vitest";
import { commonYardstick } from "../../../pipeline/compare/yardstick.ts";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { matchTables } from "../../../pipeline/match/match-tables.ts";
import type { Table } from "../../../pipeline/table/table.ts";
import { made } from "../../support/examined.ts";
import { anExperiment } from "../../support/runs.ts";
import { numeric, tableOf } from "../../support/tables.ts";

const columns = ["a", "b", "id", "target"];
const split = { holdout: 0.25, seed: 42 };
const common = { state: "common", declared: true, target: "target", positive: null, split, keyColumns: null };

type Case = {
  why: string;
  base?: Partial<Experiment>;
  head?: Partial<Experiment>;
  before?: string[];
  after?: string[];
};

const decide = ({ base, head, before = columns, after = columns }: Case) =>
  decideFor(anExperiment(base), anExperiment(head), before, after);

/** Tables of these columns; a column holds the same wherever it is. */
const tableWith = (names: string[]) =>
  tableOf(
    ...names.map((name) =>
      numeric(
        name,
        made(200, (_, uniform) => uniform, name.length + name.charCodeAt(0)),
      ),
    ),
  );

function decideFor(base: Experiment, head: Experiment, before: string[], after: string[]) {
  const [old, now] = [before, after].map(tableWith) as [Table, Table];
  return commonYardstick(base, head, matchTables({ table: old, experiment: base }, { table: now, experiment: head }));
}

describe("commonYardstick", () => {
  it.each<Case>([
    { why: "nothing differs" },
    { why: "the columns are in another order", after: ["target", "b", "a", "id"] },
    { why: "the model and its features differ", head: { model: { type: "knn" }, features: ["a"], exclude: ["b"] } },
    {
      why: "the columns differ but the key stays",
      base: { key: "id" },
      head: { key: "id" },
      after: [...columns, "new"],
    },
  ])("is the same when $why", (given) => {
    expect(decide(given)).toEqual({ state: "same" });
  });

  it.each<Case & { expected: unknown }>([
    {
      why: "the split",
      head: { split: { holdout: 0.3, seed: 7 } },
      expected: {
        ...common,
        split: { holdout: 0.3, seed: 7 },
        reasons: [
          "The split changed from holdout 0.25, seed 42 to holdout 0.3, seed 7; both are judged on the base's hold-out.",
        ],
      },
    },
    {
      why: "the positive class",
      base: { positive: "yes" },
      head: { positive: "no" },
      expected: {
        ...common,
        positive: "no",
        reasons: [`The positive class changed from "yes" to "no"; the base's judges both.`],
      },
    },
    {
      why: "the positive class, no longer declared",
      base: { positive: "yes" },
      expected: {
        ...common,
        positive: "yes",
        reasons: [`The positive class changed from "yes" to the automatic choice; the base's judges both.`],
      },
    },
    {
      why: "the columns, without a key",
      after: ["a", "b", "new", "target"],
      expected: {
        ...common,
        declared: false,
        keyColumns: ["a", "b", "target"],
        reasons: ["The columns differ (3 shared, 4 in the base, 4 in the head), so the shared ones name the rows."],
      },
    },
    {
      why: "a key that the head introduces",
      head: { key: "id" },
      expected: {
        ...common,
        declared: false,
        keyColumns: ["id"],
        reasons: [`The row key changed from the row's content to "id".`, 'The rows of both sides are named by "id".'],
      },
    },
    {
      why: "a key that the head drops",
      base: { key: "id" },
      expected: {
        ...common,
        declared: false,
        keyColumns: ["id"],
        reasons: [`The row key changed from "id" to the row's content.`],
      },
    },
    {
      why: "a key that the base's data does not have",
      head: { key: "uuid" },
      after: [...columns, "uuid"],
      expected: {
        ...common,
        declared: false,
        keyColumns: ["a", "b", "id", "target"],
        reasons: [
          `The row key changed from the row's content to "uuid".`,
          'The key column "uuid" does not exist on both sides.',
          "The columns differ (4 shared, 4 in the base, 5 in the head), so the shared ones name the rows.",
        ],
      },
    },
  ])("is common when this changed: $why", ({ expected, ...given }) => {
    expect(decide(given)).toEqual(expected);
  });

  it.each<Case & { reasons: string[] }>([
    {
      why: "the target changed",
      head: { target: "b" },
      reasons: [
        'The target changed from "target" to "b", so the two models answer different questions. Keep the target, or add the new question as a second model in the policy.',
      ],
    },
    {
      why: "every column was renamed",
      after: ["A", "B", "ID", "target"],
      reasons: [
        "The data of both sides has no column in common beside the target, which cannot tell the rows apart. Declare a key column that exists on both sides.",
      ],
    },
    {
      why: "only one column is left in common",
      after: ["a", "B", "target"],
      reasons: [
        "The data of both sides has only one column in common beside the target, which cannot tell the rows apart. Declare a key column that exists on both sides.",
      ],
    },
  ])("does not exist when $why", ({ reasons, ...given }) => {
    expect(decide(given)).toEqual({ state: "incomparable", reasons });
  });
});
