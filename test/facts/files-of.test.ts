import { expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { filesOf } from "../../src/facts/files-of.ts";
import type { Group } from "../../src/verdict/check.ts";
import type { Finding } from "../../src/verdict/finding.ts";
import { absent, aFacts, aModelReview, aRun, baseCommit, headCommit, ran } from "../support/facts.ts";

const reading = (commit: string, ...paths: string[]) => {
  const { lineage } = aRun();
  const files = paths.map((path) => ({ path, blob: "b".repeat(40) }));
  const named = { ...lineage, dataPath: paths[0]!, ...(paths.length > 1 ? { dataFiles: files } : {}) };
  return ran(commit, { lineage: named });
};

it.each<[string, Group, Partial<Finding>, Partial<ModelReview>, string[]]>([
  ["a file that is named", "data", { path: "models/x.yml", model: "income" }, {}, ["models/x.yml"]],
  ["a model", "model", { model: "income" }, {}, ["models/income/experiment.yml"]],
  ["a model that the policy does not name", "model", { model: "other" }, {}, []],
  ["data", "data", { model: "income" }, { base: reading(baseCommit, "a"), head: reading(headCommit, "a") }, ["a"]],
  [
    "data that moved",
    "data",
    { model: "income" },
    { base: reading(baseCommit, "b"), head: reading(headCommit, "a") },
    ["a", "b"],
  ],
  [
    "data of several files",
    "data",
    { model: "income" },
    { base: absent(baseCommit), head: reading(headCommit, "b", "a") },
    ["a", "b"],
  ],
  [
    "data that nobody could read",
    "data",
    { model: "income" },
    { base: absent(baseCommit), head: absent(headCommit) },
    [],
  ],
  ["data of a model that was not reviewed", "data", { model: "other" }, {}, []],
  ["an issue", "collaboration", {}, {}, []],
])("what is found of %s", (_, group, different, review, expected) => {
  const finding = { check: "x", fingerprint: "f", title: "t", evidence: {}, remedy: "r", ...different };
  expect(filesOf(finding, group, aFacts({ models: [aModelReview(review)] }))).toEqual(expected);
});
