import { expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { headRun, reviewedModels, troubleOf } from "../../src/facts/model-state.ts";
import {
  absent,
  aFacts,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  baseCommit,
  headCommit,
  withProblems,
} from "../support/facts.ts";

const none = { comparison: null, schema: null, drift: null, changed: null };

it.each<[what: string, review: Partial<ModelReview>, kind: string, trouble: string | null, headRan: boolean]>([
  ["both ran", {}, "compared", null, true],
  ["both ran without a comparison", none, "compared", "both sides ran, but no comparison came back", true],
  ["only the head", { base: absent(baseCommit), ...none }, "new", null, true],
  ["only the base", { head: absent(headCommit), ...none }, "removed", null, false],
  [
    "neither",
    { base: absent(baseCommit), head: absent(headCommit), ...none },
    "nowhere",
    "its experiment file exists neither at the base nor at the head",
    false,
  ],
  [
    "broken head",
    { head: withProblems(headCommit, aProblem()), ...none },
    "broken",
    "the head could not be run",
    false,
  ],
  ["broken base", { base: withProblems(baseCommit, aProblem()), ...none }, "broken", "the base could not be run", true],
  [
    "broken base, head gone",
    { base: withProblems(baseCommit, aProblem()), head: absent(headCommit), ...none },
    "removed",
    null,
    false,
  ],
])("%s", (_, review, kind, trouble, headRan) => {
  const [model] = reviewedModels(aFacts({ models: [aModelReview(review)] }));
  expect([model!.state.kind, troubleOf(model!.state), headRun(model!.state) !== null]).toEqual([
    kind,
    trouble,
    headRan,
  ]);
});

it("a model of the policy that was not reviewed is not forgotten", () => {
  const [model] = reviewedModels(aFacts({ models: [] }));
  expect([model!.id, model!.state.kind, troubleOf(model!.state)]).toEqual([
    "income",
    "not-reviewed",
    "it was not evaluated",
  ]);
});

it("a hold-out is not counted because of what its model is called", () => {
  const policy = aPolicy({ models: [aModelPolicy({ id: "constructor" })] });
  const [model] = reviewedModels(aFacts({ policy, models: [], holdoutUses: {} }));
  expect(model!.holdoutUses).toBeNull();
});
