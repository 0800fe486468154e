import type { Answer, CheckResult, Finding } from "./check.ts";

/** What a check says about one of the things it looks at: a model, a metric, an issue. */
export interface PartialAnswer {
  answer: Answer;
  findings: Finding[];
}

const precedence: Answer[] = ["fail", "cannot-tell", "pass", "not-applicable"];

/**
 * One result from the answers about single things: fail beats cannot-tell beats pass; not-applicable only when nothing
 * was applicable.
 *
 * @param summarise the summary for the final answer; `findings` are all of them
 */
export function combineAnswers(
  parts: PartialAnswer[],
  summarise: (answer: Answer, findings: Finding[]) => string,
): CheckResult {
  const answer = precedence.find((one) => parts.some((part) => part.answer === one)) ?? "not-applicable";
  const findings = parts.flatMap((part) => part.findings);
  return { answer, summary: summarise(answer, findings), findings };
}
