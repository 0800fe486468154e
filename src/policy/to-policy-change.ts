import { createHash } from "node:crypto";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { PolicyChange } from "../facts/facts.ts";
import { canonicalJson, type Plain } from "../ledger/canonical-json.ts";
import { absentColumns } from "./absent-columns.ts";
import { diffPolicy } from "./diff-policy.ts";
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
  const problems = absentOnHead(proposed.value, judging, reviews);
  if (problems.length > 0) return { state: "invalid", problems };
  const [before, after] = [meaningOf(judging), meaningOf(proposed.value)];
  const told = diffPolicy(judging, proposed.value);
  // Whatever has no sentence of its own must not pass for layout.
  const preview = told.length === 0 && before !== after ? ["something that has no sentence of its own here"] : told;
  const digest = createHash("sha256").update(`${before}\n${after}`).digest("hex").slice(0, 16);
  return { state: "changed", preview, digest };
}

/** What a policy says as text, whatever the order in which it is written and whether it leaves a value to its version. */
function meaningOf({ defaults: _, ...policy }: Policy): string {
  const models = policy.models.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return canonicalJson({ ...policy, models } as Plain);
}

/** What the policy newly says of columns that the head's data does not have. */
function absentOnHead(proposed: Policy, judging: Policy, reviews: readonly ModelReview[]): Problem[] {
  return proposed.models.flatMap((model) => {
    const judged = judging.models.find(({ experiment }) => experiment === model.experiment);
    const head = reviews.find(({ experimentPath }) => experimentPath === model.experiment)?.head;
    if (head?.state !== "ran") return [];
    const columns = head.run.profile.columns.map(({ name }) => name);
    return absentColumns(model, columns, judged);
  });
}
