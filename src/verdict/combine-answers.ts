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
 * @param summaries the summary for each answer, or how to make it from all findings
 */
export function combineAnswers(
  parts: PartialAnswer[],
  summaries: Record<Answer, string | ((findings: Finding[]) => string)>,
): CheckResult {
  const answer = precedence.find((one) => parts.some((part) => part.answer === one)) ?? "not-applicable";
  const findings = parts.flatMap((part) =>
    answer === "fail" && part.answer === "cannot-tell"
      ? part.findings.map((finding) => ({ ...finding, unclear: true as const }))
      : part.findings,
  );
  const summary = summaries[answer];
  return { answer, summary: typeof summary === "string" ? summary : summary(findings), findings };
}
