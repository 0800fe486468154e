import type { Problem } from "../../pipeline/problem.ts";
import type { Facts } from "../facts/facts.ts";
import type { CheckOutcome, Verdict } from "./verdict.ts";
import { verdictSentence } from "./verdict-sentence.ts";

/**
 * All answers as one, by the first row that applies:
 *
 * | when | conclusion |
 * |---|---|
 * | the change makes the policy file invalid | fail |
 * | a check of level `block` answers `fail` | fail |
 * | a check of level `block` answers `cannot-tell` | cannot-tell, published as a failure |
 * | otherwise; a check of level `warn` never decides, `not-applicable` never does | pass |
 */
export function formVerdict(facts: Facts, outcomes: CheckOutcome[]): Verdict {
  const problems = facts.policyChange.state === "invalid" ? facts.policyChange.problems : [];
  const conclusion = conclude(outcomes, problems);
  return { conclusion, sentence: verdictSentence(conclusion, facts, outcomes, problems), outcomes, problems };
}

function conclude(outcomes: CheckOutcome[], problems: Problem[]): Verdict["conclusion"] {
  const blocking = outcomes.filter(({ level }) => level === "block").map(({ result }) => result.answer);
  if (problems.length > 0 || blocking.includes("fail")) return "fail";
  return blocking.includes("cannot-tell") ? "cannot-tell" : "pass";
}
