import { expect, it } from "vitest";
import { mergedModels } from "../../src/facts/merged-models.ts";
import {
  aComparison,
  aFacts,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
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

it("says of what could not be merged that nobody knows, in each place", () => {
  const problem = aProblem({
    code: "merge-conflict",
    message: "The two have a conflict.",
    remedy: "Update the branch.",
  });
  const nothing = { changed: null, comparison: null, schema: null, drift: null };
  const conflict = { ...unmerged, ...nothing, head: withProblems(headCommit, problem) };
  const policy = aPolicy({ models: [aModelPolicy()] });
  expect(visible({ models: [conflict], policy })).toMatchInlineSnapshot(`
    "### ! ModelSync: \`income\` could not be judged as merged
    Compared \`c91e7d0\` with \`8f3c2a1\` (main).

    income could not be judged as merged:

    - \`models/income/experiment.yml:2\`: The two have a conflict. Written: \`incom\`. Allowed: age, sex, income. Update the branch. (\`configuration/merge-conflict\`)

    - [ ] **Linked issue** (warning): No issue is linked. Add a line such as “Closes #&#8203;123” to the description of the pull request.
    - [ ] **Could not tell**, because \`income\` could not be run: metric regression, data schema, data drift"
  `);
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
