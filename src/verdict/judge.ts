import type { Facts } from "../facts/facts.ts";
import { applyWaivers } from "./apply-waivers.ts";
import type { Check } from "./check.ts";
import { formVerdict } from "./form-verdict.ts";
import { raiseLevels } from "./raise-levels.ts";
import { isDefect, runChecks } from "./run-checks.ts";
import type { CheckOutcome, EngineChange, Verdict } from "./verdict.ts";

/**
 * The verdict on facts. Where a model's review brings along what another engine answered to the same inputs, the same
 * checks judge that as well: a verdict or an answer that only the engine changed must not pass for the change's doing.
 */
export function judge(checks: ReadonlyMap<string, Check>, facts: Facts): Verdict {
  const verdict = formVerdict(facts, answersOf(checks, facts));
  if (facts.models.every(({ earlier }) => earlier === undefined)) return verdict;
  const engineChange = findEngineChange(checks, facts, verdict);
  return engineChange === null ? verdict : { ...verdict, engineChange };
}

function answersOf(checks: ReadonlyMap<string, Check>, facts: Facts): CheckOutcome[] {
  return raiseLevels(applyWaivers(runChecks(checks, facts), facts, checks), facts.policy, checks);
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
