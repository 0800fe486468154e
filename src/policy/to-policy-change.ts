import { suggestName } from "../../pipeline/experiment/closest-name.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { PolicyChange } from "../facts/facts.ts";
import { diffPolicy } from "./diff-policy.ts";
import { policyPath } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";

/** What the head makes of the policy file. */
export interface ProposedPolicy {
  /** Null when the head has none, or was not asked because it is the base's. */
  proposed: Outcome<Policy> | null;
  /** Whether the change touches the file at all. */
  touched: boolean;
}

/**
 * The change of the policy as a fact. The judging policy decides about this change either way.
 *
 * @param reviews what became of the experiments that the judging policy names, which a proposed one is tried on
 */
export function toPolicyChange(
  { proposed, touched }: ProposedPolicy,
  judging: Policy,
  reviews: readonly ModelReview[],
): PolicyChange {
  if (!touched) return { state: "unchanged" };
  if (proposed === null) return { state: "removed" };
  if (!proposed.ok) return { state: "invalid", problems: proposed.problems };
  const problems = absentSlices(proposed.value, judging, reviews);
  if (problems.length > 0) return { state: "invalid", problems };
  return { state: "changed", preview: diffPolicy(judging, proposed.value) };
}

/** Columns that the policy newly cuts slices by and that the head's data does not have: they could never be judged. */
function absentSlices(proposed: Policy, judging: Policy, reviews: readonly ModelReview[]): Problem[] {
  return proposed.models.flatMap(({ id, experiment, slices }) => {
    const judged = judging.models.find((model) => model.experiment === experiment);
    const head = reviews.find(({ model }) => model === judged?.id)?.head;
    if (judged === undefined || head?.state !== "ran") return [];
    const columns = head.run.profile.columns.map(({ name }) => name);
    return slices
      .filter((name) => !columns.includes(name) && !judged.slices.includes(name))
      .map((name): Problem => absentSlice(id, name, columns));
  });
}

/** A column to cut slices by that the data does not have. */
export function absentSlice(model: string, written: string, columns: readonly string[]): Problem {
  return {
    code: "slice-column-absent",
    where: { path: policyPath, key: `models.${model}.slices` },
    message: `The data of ${model} has no column of this name to cut slices by.`,
    written,
    remedy: suggestName(written, columns, "Name a column of the data, or take it out of slices."),
  };
}
