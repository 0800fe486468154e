import { expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { diffYardsticks } from "../../../pipeline/review/diff-yardsticks.ts";
import type { ReadSide } from "../../../pipeline/review/read-sides.ts";
import type { SideRun } from "../../../pipeline/review/run-sides.ts";
import { revisionData } from "../../../pipeline/revision-data.ts";
import { anExperiment, aRun } from "../../support/runs.ts";

const side = (commit: string, experiment: Partial<Experiment>): ReadSide => ({
  revision: { state: "ready", commit, experiment: anExperiment(experiment), data: revisionData([]) },
  read: { ok: false, problems: [] },
});
const ran = (positive: string | null): SideRun => ({ run: { ...aRun([]), positive }, cached: false });
const failed: SideRun = { run: null, problems: [] };

const groups = { by: "group", column: "team", holdout: 0.25, seed: 42 } as const;

interface Case {
  what: string;
  base?: Partial<Experiment>;
  head?: Partial<Experiment>;
  /** The runs' positive classes; by default what the experiments say. */
  runs?: [base: SideRun, head: SideRun];
  changes: ReturnType<typeof diffYardsticks>;
}

it.each<Case>([
  { what: "nothing", changes: [] },
  {
    what: "features, model and columns, which are no yardstick",
    head: { features: ["a"], exclude: ["b"], model: { type: "decision-tree" }, columns: { a: "categorical" } },
    changes: [],
  },
  { what: "the target", head: { target: "other" }, changes: [{ kind: "target", from: "target", to: "other" }] },
  {
    what: "the target, of which another positive class is a part",
    base: { positive: "yes" },
    head: { target: "other", positive: "red" },
    changes: [{ kind: "target", from: "target", to: "other" }],
  },
  {
    what: "the positive class",
    base: { positive: "yes" },
    head: { positive: "no" },
    changes: [{ kind: "positive", from: "yes", to: "no" }],
  },
  {
    what: "the positive class, which the base chose itself",
    head: { positive: "no" },
    runs: [ran("yes"), ran("no")],
    changes: [{ kind: "positive", from: "yes", to: "no" }],
  },
  { what: "only who names the same class", head: { positive: "yes" }, runs: [ran("yes"), ran("yes")], changes: [] },
  {
    what: "only who names the same class, not any more",
    base: { positive: "yes" },
    runs: [ran("yes"), ran("yes")],
    changes: [],
  },
  {
    what: "the positive class, where no side could be run",
    base: { positive: "yes" },
    head: { positive: "no" },
    runs: [failed, failed],
    changes: [{ kind: "positive", from: "yes", to: "no" }],
  },
  { what: "nothing, but cannot be run", runs: [ran("yes"), failed], changes: [] },
  { what: "nothing that the base, which cannot be run, would tell", runs: [failed, ran("yes")], changes: [] },
  {
    what: "a smaller hold-out",
    head: { split: { holdout: 0.1, seed: 42 } },
    changes: [{ kind: "smaller-holdout", from: "0.25", to: "0.1" }],
  },
  {
    what: "a larger hold-out",
    head: { split: { holdout: 0.5, seed: 42 } },
    changes: [{ kind: "larger-holdout", from: "0.25", to: "0.5" }],
  },
  {
    what: "how rows are split",
    head: { split: groups },
    changes: [{ kind: "split", from: "by row", to: "by group (team)" }],
  },
  {
    what: "the column by which rows are split",
    base: { split: groups },
    head: { split: { ...groups, column: "school" } },
    changes: [{ kind: "split", from: "by group (team)", to: "by group (school)" }],
  },
  {
    what: "groups or times of one column",
    base: { split: groups },
    head: { split: { ...groups, by: "time" } },
    changes: [{ kind: "split", from: "by group (team)", to: "by time (team)" }],
  },
  {
    what: "the seed",
    head: { split: { holdout: 0.25, seed: 7 } },
    changes: [{ kind: "seed", from: "42", to: "7" }],
  },
  { what: "a new key", head: { key: "id" }, changes: [{ kind: "key", from: null, to: "id" }] },
  { what: "a lost key", base: { key: "id" }, changes: [{ kind: "key", from: "id", to: null }] },
  {
    what: "all at once, in the order of weight",
    base: { positive: "yes", split: { ...groups, by: "time" } },
    head: { positive: "no", split: { holdout: 0.1, seed: 1 }, key: "id" },
    changes: [
      { kind: "positive", from: "yes", to: "no" },
      { kind: "smaller-holdout", from: "0.25", to: "0.1" },
      { kind: "split", from: "by time (team)", to: "by row" },
      { kind: "seed", from: "42", to: "1" },
      { kind: "key", from: null, to: "id" },
    ],
  },
])("the head changes $what", ({ base = {}, head = {}, runs, changes }) => {
  const [before, after] = runs ?? [ran(base.positive ?? null), ran(head.positive ?? null)];
  const sides = { base: side("b", base), head: side("h", head) };
  expect(diffYardsticks(sides, { base: before, head: after, yardstick: null, byBase: null })).toEqual(changes);
});

it.each<[what: string, base: ReadSide | null, head: ReadSide | null]>([
  ["a new model", null, side("h", { positive: "yes" })],
  ["a removed model", side("b", { positive: "yes" }), null],
])("%s changes no yardstick", (_, base, head) => {
  const runs = { base: base && ran("yes"), head: head && ran("yes"), yardstick: null, byBase: null };
  expect(diffYardsticks({ base, head }, runs)).toEqual([]);
});
