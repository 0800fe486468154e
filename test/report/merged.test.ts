import { expect, it } from "vitest";
import { mergedModels } from "../../src/facts/merged-models.ts";
import {
  aComparison,
  aFacts,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aPullRequest,
  aRegression,
  baseCommit,
  headCommit,
  ran,
  tipCommit,
  withProblems,
} from "../support/facts.ts";
import { visible } from "../support/reported.ts";

const mergeCommit = "0a1b2c3".padEnd(40, "0");
const worse = { comparison: aComparison({ metrics: [aRegression()] }) };
const merged = aModelReview({ base: ran(tipCommit), head: ran(mergeCommit), ...worse });
const asUsual = aModelReview({ model: "churn", ...worse });
const unmerged = aModelReview({ base: ran(tipCommit), head: withProblems(headCommit) });

it.each([
  ["compared as usual", { models: [aModelReview()] }, []],
  ["merged", { models: [merged, asUsual] }, ["income"]],
  ["not merged, as after a conflict", { models: [unmerged] }, []],
  ["a branch that has all of its base", { models: [merged], pullRequest: aPullRequest({ mergeBase: tipCommit }) }, []],
])("the models of which the merge was judged: %s", (_, different, models) => {
  expect(mergedModels(aFacts(different))).toEqual(models);
});

const compared = (text: string) => text.split("\n")[1];

it.each([
  [
    [merged],
    "Compared `c91e7d0` merged into `5d41402` (main) with `5d41402` on the same 8,140 hold-out rows, because main changed what is measured since this branch left it.",
  ],
  [
    [merged, asUsual],
    "Compared `c91e7d0` with `8f3c2a1` (main), but for `income` merged into `5d41402` with `5d41402`, because main changed what is measured there since this branch left it.",
  ],
  [[aModelReview(worse)], "Compared `c91e7d0` with `8f3c2a1` (main) on the same 8,140 hold-out rows."],
])("says what was compared with what", (models, line) => {
  const policy = aPolicy({ models: models.map(({ model }) => aModelPolicy({ id: model })) });
  expect(compared(visible({ models, policy }))).toBe(line);
  expect(baseCommit).not.toBe(tipCommit);
});
