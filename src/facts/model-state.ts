import type { Comparison } from "../../pipeline/compare/comparison.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { RunSummary } from "../../pipeline/run.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import type { Facts } from "./facts.ts";

/** What can be said about one model of the policy before any check looks at numbers. */
export type ModelState =
  /** Both sides ran. `comparison` is null when no comparison came back: nothing may pass on it. */
  | { kind: "compared"; base: RunSummary; head: RunSummary; comparison: Comparison | null }
  /** Only the head has it: there is nothing to compare with. */
  | { kind: "new"; head: RunSummary }
  | { kind: "removed" }
  | { kind: "nowhere" }
  | { kind: "not-reviewed" }
  /** A side exists and could not be run. `head` is null when it is the head that failed. */
  | { kind: "broken"; side: "base" | "head"; problems: Problem[]; head: RunSummary | null };

export interface ReviewedModel {
  id: string;
  policy: ModelPolicy;
  /** Null when the review has no answer for this model. */
  review: ModelReview | null;
  state: ModelState;
  /** How many pull requests its hold-out has judged; null when nobody counted. */
  holdoutUses: number | null;
}

/** Every model of the policy, in its order, with what became of it. */
export function reviewedModels(facts: Facts): ReviewedModel[] {
  // A model may be called `constructor`, which every object answers to.
  const holdoutUses = new Map(Object.entries(facts.holdoutUses ?? {}));
  return facts.policy.models.map((policy) => {
    const review = facts.models.find(({ model }) => model === policy.id) ?? null;
    const state: ModelState = review === null ? { kind: "not-reviewed" } : stateOf(review);
    return {
      id: policy.id,
      policy,
      review,
      state,
      holdoutUses: holdoutUses.get(policy.id) ?? null,
    };
  });
}

/** The head's run when there is one, whatever became of the base. */
export function headRun(state: ModelState): RunSummary | null {
  return "head" in state ? state.head : null;
}

/** Whether nothing that it is made of changed, so that its equal numbers are no evidence about the change. */
export function isUnchanged({ state, review }: ReviewedModel): boolean {
  const changed = review?.changed ?? null;
  return state.kind === "compared" && changed !== null && !changed.data && !changed.experiment;
}

/** Whether there are models and none of them changed. */
export function nothingMeasuredChanged(facts: Facts): boolean {
  const models = reviewedModels(facts);
  return models.length > 0 && models.every(isUnchanged);
}

const unmergedCodes = ["merge-conflict", "merge-not-ready", "merge-failed"];

/** Whether nobody knows what a merge makes of it: it conflicts with its base, or could not be merged for a try. */
export function isUnmerged(state: ModelState): boolean {
  return state.kind === "broken" && state.problems.some(({ code }) => unmergedCodes.includes(code));
}

/** Why a model can't be judged, one sentence without its name; null when both sides or the head alone ran. */
export function troubleOf(state: ModelState): string | null {
  switch (state.kind) {
    case "broken":
      return isUnmerged(state) ? "it could not be judged as merged" : `the ${state.side} could not be run`;
    case "nowhere":
      return "its experiment file exists neither at the base nor at the head";
    case "not-reviewed":
      return "it was not evaluated";
    case "compared":
      return state.comparison === null ? "both sides ran, but no comparison came back" : null;
    default:
      return null;
  }
}

function stateOf({ base, head, comparison }: ModelReview): ModelState {
  if (head.state === "problems") return { kind: "broken", side: "head", problems: head.problems, head: null };
  if (head.state === "absent") return { kind: base.state === "absent" ? "nowhere" : "removed" };
  if (base.state === "problems") return { kind: "broken", side: "base", problems: base.problems, head: head.run };
  if (base.state === "absent") return { kind: "new", head: head.run };
  return { kind: "compared", base: base.run, head: head.run, comparison };
}
