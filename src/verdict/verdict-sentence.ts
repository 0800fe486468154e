import type { Problem } from "../../pipeline/problem.ts";
import type { Facts } from "../facts/facts.ts";
import type { Finding } from "./check.ts";
import type { CheckOutcome, Verdict } from "./verdict.ts";

/**
 * The verdict in one sentence without a period, to follow "ModelSync: ". The worst news about a model comes first,
 * because that is what the reader must know when nothing else is read. Model ids stand between backticks.
 */
export function verdictSentence(
  conclusion: Verdict["conclusion"],
  facts: Facts,
  outcomes: CheckOutcome[],
  problems: Problem[],
): string {
  if (conclusion === "pass") return passSentence(facts, outcomes);
  const wanted = conclusion === "fail" ? "fail" : "cannot-tell";
  const causes = outcomes.filter(({ level, result }) => level === "block" && result.answer === wanted);
  const news = new Map(causes.map((cause) => [cause, modelNews(cause)]));
  const parts = [
    ...(problems.length > 0 ? ["this change makes the policy invalid"] : []),
    ...causes.flatMap((cause) => news.get(cause) ?? []),
  ];
  const rest = causes.filter((cause) => news.get(cause) === null);
  if (parts.length === 0) return restSentence(rest, conclusion);
  if (rest.length === 0) return join(parts);
  const more = rest.length === 1 ? "1 more check needs" : `${rest.length} more checks need`;
  return `${join(parts)}, and ${more} attention`;
}

function passSentence(facts: Facts, outcomes: CheckOutcome[]): string {
  const warnings = outcomes.filter(({ result }) => result.answer === "fail" || result.answer === "cannot-tell");
  const improved = facts.models.filter(
    ({ comparison }) =>
      comparison?.metrics.some(({ gated, verdict }) => gated && verdict === "improved") === true &&
      comparison.metrics.every(({ verdict }) => verdict !== "regressed"),
  );
  const praise = improved.length > 0 ? `this change improves ${names(improved.map(({ model }) => model))}` : null;
  if (warnings.length === 0) return praise ?? "this change passes every check";
  const count = warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`;
  return `${praise ?? "this change passes"}, with ${count}: ${titles(warnings)}`;
}

/** What a result of the regression check says about the models it names; null for any other check. */
function modelNews({ id, result }: CheckOutcome): string | null {
  if (id !== "metric-regression") return null;
  const models = (verdicts: string[]) => modelsOf(result.findings, verdicts);
  if (result.answer !== "fail") {
    const unclear = modelsOf(result.findings);
    return unclear.length > 0 ? `${names(unclear)} could not be compared with the base` : null;
  }
  const worse = models(["regressed"]);
  const gone = models(["removed"]);
  return join([
    ...(worse.length > 0 ? [`this change makes ${names(worse)} worse`] : []),
    ...(gone.length > 0 ? [`${worse.length > 0 ? "it" : "this change"} removes ${names(gone)}`] : []),
  ]);
}

function modelsOf(findings: Finding[], verdicts?: string[]): string[] {
  const wanted = findings.filter(
    ({ evidence }) => verdicts === undefined || verdicts.includes(String(evidence.verdict)),
  );
  return [...new Set(wanted.flatMap(({ model }) => model ?? []))];
}

function restSentence(rest: CheckOutcome[], conclusion: Verdict["conclusion"]): string {
  const one = rest.length === 1;
  const says = conclusion === "fail" ? (one ? "needs attention" : "need attention") : "could not decide";
  return `${one ? "1 check" : `${rest.length} checks`} ${says}: ${titles(rest)}`;
}

function titles(outcomes: CheckOutcome[]): string {
  return outcomes.map(({ title }) => title.toLowerCase()).join(", ");
}

function names(models: string[]): string {
  return join(models.map((model) => `\`${model}\``));
}

function join(parts: string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
