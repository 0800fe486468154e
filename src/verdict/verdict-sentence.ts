import type { Problem } from "../../pipeline/problem.ts";
import type { Facts } from "../facts/facts.ts";
import { isLooser } from "../policy/diff-policy.ts";
import type { Finding } from "./check.ts";
import { followsFrom } from "./follows-from.ts";
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
  if (conclusion === "pass") return `${passSentence(facts, outcomes)}${policyNews(facts)}`;
  const wanted = conclusion === "fail" ? "fail" : "cannot-tell";
  const causes = outcomes.filter(({ level, result }) => level === "block" && result.answer === wanted);
  const parts = [...(problems.length > 0 ? ["this change makes the policy invalid"] : []), ...modelsNews(causes)];
  const told = new Set(
    causes.filter((cause) => modelNews(cause) !== null).flatMap(({ result }) => modelsOf(result.findings)),
  );
  const rest = causes.filter((cause) => modelNews(cause) === null && !followsFrom(cause, told));
  if (parts.length === 0) return restSentence(rest, conclusion);
  if (rest.length === 0) return join(parts);
  const more = rest.length === 1 ? "1 more check" : `${rest.length} more checks`;
  const says =
    conclusion === "cannot-tell" ? "could not decide" : rest.length === 1 ? "needs attention" : "need attention";
  return `${join(parts)}, and ${more} ${says}`;
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

/** A green change that lowers the bar for all that follow must not read as any green change. */
function policyNews({ policyChange }: Facts): string {
  if (policyChange.state === "removed") return ", but removes the policy";
  return policyChange.state === "changed" && policyChange.preview.some(isLooser) ? ", but loosens the policy" : "";
}

/** What the metric checks say about models; one sentence when two of them say it of the same ones. */
function modelsNews(causes: CheckOutcome[]): string[] {
  const worse = worseModels(causes.find(({ id }) => id === "metric-regression"));
  const beyond = missing(causes.find(({ id }) => id === "metric-threshold"));
  const both = worse.length > 0 && worse.length === beyond.length && worse.every((model) => beyond.includes(model));
  if (both) return [`this change makes ${names(worse)} worse, past ${limitsOf(worse)}`];
  return causes.flatMap((cause) => modelNews(cause) ?? []);
}

function worseModels(regression: CheckOutcome | undefined): string[] {
  const only = regression?.result.findings.every(({ evidence }) => evidence.verdict === "regressed") === true;
  return only && regression.result.answer === "fail" ? modelsOf(regression.result.findings) : [];
}

function missing(threshold: CheckOutcome | undefined): string[] {
  return threshold?.result.answer === "fail" ? modelsOf(threshold.result.findings) : [];
}

function limitsOf(models: string[]): string {
  return models.length === 1 ? "its metric limits" : "their metric limits";
}

/** What a result of a metric check says about the models it names; null for any other check. */
function modelNews({ id, result }: CheckOutcome): string | null {
  if (id === "metric-threshold" && result.answer === "fail") {
    const models = modelsOf(result.findings);
    return `${names(models)} ${models.length === 1 ? "misses" : "miss"} ${limitsOf(models)}`;
  }
  if (id !== "metric-regression") return null;
  const models = (verdicts: string[]) => modelsOf(result.findings, verdicts);
  if (result.answer !== "fail") {
    const broken = modelsOf(result.findings.filter(({ evidence }) => evidence.side === "head"));
    const unclear = modelsOf(result.findings).filter((model) => !broken.includes(model));
    if (broken.length + unclear.length === 0) return null;
    return join([
      ...(broken.length > 0 ? [`${names(broken)} could not be run`] : []),
      ...(unclear.length > 0 ? [`${names(unclear)} could not be compared with the base`] : []),
    ]);
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
