import type { Facts } from "../facts/facts.ts";
import { applyWaivers } from "./apply-waivers.ts";
import type { Check } from "./check.ts";
import { formVerdict } from "./form-verdict.ts";
import { isDefect, runChecks } from "./run-checks.ts";
import { settleLevels } from "./settle-levels.ts";
import type { CheckOutcome, EngineChange, Verdict } from "./verdict.ts";

/**
 * The verdict on facts. Where a model's review brings along what another engine answered to the same inputs, the same
 * checks judge that as well: a verdict or an answer that only the engine changed must not pass for the change's doing.
 */
export function judge(checks: ReadonlyMap<string, Check>, facts: Facts): Verdict {
  const { head, mergeBase } = facts.pullRequest;
  if (head.sha === mergeBase) return nothingToReview(facts);
  const verdict = formVerdict(facts, answersOf(checks, facts));
  if (facts.models.every(({ earlier }) => earlier === undefined)) return verdict;
  const engineChange = findEngineChange(checks, facts, verdict);
  return engineChange === null ? verdict : { ...verdict, engineChange };
}

/** A merge would change nothing, so there is nothing that a check could ask for. */
function nothingToReview({ pullRequest }: Facts): Verdict {
  const sentence = `nothing to review: this branch has no commit that ${pullRequest.base.ref.replaceAll("`", "")} lacks`;
  return { conclusion: "pass", sentence, outcomes: [], problems: [] };
}

function answersOf(checks: ReadonlyMap<string, Check>, facts: Facts): CheckOutcome[] {
  return settleLevels(applyWaivers(runChecks(checks, facts), facts, checks), facts.policy, checks);
}

/** Null also when a check can't take what the other engine wrote: then nobody knows what that would have led to. */
function findEngineChange(checks: ReadonlyMap<string, Check>, facts: Facts, now: Verdict): EngineChange | null {
  const models = facts.models.map((review) => review.earlier?.review ?? review);
  const outcomes = answersOf(checks, { ...facts, models });
  if (outcomes.some(isDefect)) return null;
  const answers = now.outcomes.flatMap(({ id, title, result }, at) => {
    const earlier = outcomes[at]!.result.answer;
    return earlier === result.answer ? [] : [{ id, title, earlier, now: result.answer }];
  });
  return answers.length === 0 ? null : { conclusion: formVerdict({ ...facts, models }, outcomes).conclusion, answers };
}
