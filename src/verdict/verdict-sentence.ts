import type { Problem } from "../../pipeline/problem.ts";
import type { Facts } from "../facts/facts.ts";
import { isUnmerged, nothingMeasuredChanged, reviewedModels } from "../facts/model-state.ts";
import { isLooser } from "../policy/diff-policy.ts";
import { countOf } from "../words/count-of.ts";
import { isToleratedLoss } from "../words/tolerated-loss.ts";
import type { Finding } from "./check.ts";
import { followsFrom } from "./follows-from.ts";
import type { CheckOutcome, Verdict } from "./verdict.ts";

/**
 * The verdict in one sentence without a period, to follow "ModelSync: ". The worst news about a model comes first,
 * because that is what the reader must know when nothing else is read: whatever else fails, of a model that could not be
 * run nothing is known. Model ids stand between backticks.
 */
export function verdictSentence(
  conclusion: Verdict["conclusion"],
  facts: Facts,
  outcomes: CheckOutcome[],
  problems: Problem[],
): string {
  if (conclusion === "pass") return `${passSentence(facts, outcomes)}${reservations(facts)}`;
  const wanted = conclusion === "fail" ? "fail" : "cannot-tell";
  const causes = outcomes.filter(({ level, result }) => level === "block" && result.answer === wanted);
  const broken = brokenModels(facts);
  const undecided = unclearModels(outcomes).filter((model) => !broken.includes(model));
  const decided = undecided.filter((model) => rowsDecideOn(model, outcomes));
  const unmoored = undecided.filter((model) => !decided.includes(model) && onlyAnchorUnknown(model, outcomes));
  const unclear = undecided.filter((model) => !decided.includes(model) && !unmoored.includes(model));
  const parts = [
    ...(problems.length > 0 ? ["this change makes the policy invalid"] : []),
    ...brokenNews(facts),
    ...modelsNews(causes, broken),
    ...(decided.length > 0
      ? [`whether ${names(decided)} got worse depends on rows that this change removes or relabels`]
      : []),
    ...(unmoored.length > 0
      ? [`${names(unmoored)} could not be compared with ${unmoored.length === 1 ? "its anchor" : "their anchors"}`]
      : []),
    ...(unclear.length > 0 ? [`${names(unclear)} could not be compared with the base`] : []),
  ];
  const told = new Set([...broken, ...undecided]);
  const rest = causes.filter((cause) => modelNews(cause, broken) === null && !followsFrom(cause, told));
  if (parts.length === 0) return restSentence(rest, conclusion, "");
  return rest.length === 0 ? join(parts) : `${join(parts)}, and ${restSentence(rest, conclusion, "more ")}`;
}

/** Models of which the head's numbers are unknown. */
function brokenModels(facts: Facts): string[] {
  return reviewedModels(facts).flatMap(({ id, state }) =>
    state.kind === "broken" && state.side === "head" ? [id] : [],
  );
}

/** What is said of these models. */
function brokenNews(facts: Facts): string[] {
  const models = reviewedModels(facts).filter(({ state }) => state.kind === "broken" && state.side === "head");
  const [unmerged, unrun] = [true, false].map((is) =>
    models.filter(({ state }) => isUnmerged(state) === is).map(({ id }) => id),
  ) as [string[], string[]];
  return [
    ...(unrun.length > 0 ? [`${names(unrun)} could not be run`] : []),
    ...(unmerged.length > 0 ? [`${names(unmerged)} could not be judged as merged`] : []),
  ];
}

/** Models of which a blocking check can't tell whether they got worse, and not because they did. */
function unclearModels(outcomes: CheckOutcome[]): string[] {
  const blocking = outcomes.find(({ id, level }) => id === "metric-regression" && level === "block");
  if (blocking?.result.answer !== "fail" && blocking?.result.answer !== "cannot-tell") return [];
  const { findings } = blocking.result;
  const judged = modelsOf(findings, ["regressed", "anchor", "removed"]);
  return modelsOf(findings).filter((model) => !judged.includes(model));
}

function rowsDecideOn(model: string, outcomes: CheckOutcome[]): boolean {
  const found = outcomes.filter(({ level }) => level === "block").flatMap(({ result }) => result.findings);
  return found.some(
    (finding) => finding.model === model && ["rows-decide", "unanswered"].includes(String(finding.evidence.verdict)),
  );
}

/** Whether nothing is unclear about a model but what it is to its anchor. */
function onlyAnchorUnknown(model: string, outcomes: CheckOutcome[]): boolean {
  const regression = outcomes.find(({ id }) => id === "metric-regression");
  const found = regression?.result.findings.filter((finding) => finding.model === model) ?? [];
  return found.length > 0 && found.every(({ evidence }) => evidence.verdict === "anchor-unknown");
}

function passSentence(facts: Facts, outcomes: CheckOutcome[]): string {
  const isToldAfter = ({ id }: CheckOutcome) => id === "policy-change" && policyNews(facts).length > 0;
  const warnings = outcomes.filter(
    (outcome) => ["fail", "cannot-tell"].includes(outcome.result.answer) && !isToldAfter(outcome),
  );
  const improved = facts.models.filter(
    ({ comparison }) =>
      comparison?.metrics.some(({ gated, verdict }) => gated && verdict === "improved") === true &&
      comparison.metrics.every(({ verdict }) => verdict !== "regressed"),
  );
  const broken = brokenModels(facts);
  const praise = improved.length > 0 ? `this change improves ${names(improved.map(({ model }) => model))}` : null;
  const blind = broken.length > 0 ? ` although ${join(brokenNews(facts))}` : "";
  const waived = outcomes.filter(({ waived }) => waived?.some(({ state }) => state === "holds"));
  const tolerated = facts.models.flatMap(({ comparison }) => comparison?.metrics.filter(isToleratedLoss) ?? []).length;
  const exceptions = [
    ...(tolerated > 0
      ? [`${countOf(tolerated, "gated metric")} worse within ${tolerated === 1 ? "its" : "their"} tolerance`]
      : []),
    ...(warnings.length > 0 ? [`${countOf(warnings.length, "warning")}: ${titles(warnings)}`] : []),
    ...(waived.length > 0 ? [`${countOf(countWaivers(waived), "waiver")}: ${titles(waived)}`] : []),
  ];
  const still = nothingMeasuredChanged(facts) ? "nothing measured changed" : null;
  if (exceptions.length > 0) {
    return `${praise ?? still ?? "this change passes"}${blind}, with ${exceptions.join(", and ")}`;
  }
  const every = blind === "" && ungated(facts).length === 0 ? " every check" : "";
  return `${praise ?? still ?? `this change passes${every}`}${blind}`;
}

/** Those that hold: one command that waived three columns is one. */
function countWaivers(outcomes: CheckOutcome[]): number {
  const holding = outcomes.flatMap(({ id, waived = [] }) =>
    waived.filter(({ state }) => state === "holds").map(({ waiver }) => `${id} ${waiver.comment} ${waiver.given}`),
  );
  return new Set(holding).size;
}

/** What keeps a green change from reading as any green change. */
function reservations(facts: Facts): string {
  const parts = [...ungated(facts), ...policyNews(facts)];
  return parts.length === 0 ? "" : `, but ${join(parts)}`;
}

/** Whatever becomes of a model without a gate, it passes. */
function ungated({ policy: { models } }: Facts): string[] {
  const without = models.filter(({ metrics }) => Object.keys(metrics).length === 0).map(({ id }) => id);
  return without.length === 0 ? [] : [`nothing is gated in ${names(without)}`];
}

/** A lowered bar holds for all that follow. */
function policyNews(facts: Facts): string[] {
  const { policyChange } = facts;
  const subject = nothingMeasuredChanged(facts) ? "this change " : "";
  if (policyChange.state === "removed") return [`${subject}removes the policy`];
  const isLoosened = policyChange.state === "changed" && policyChange.preview.some(isLooser);
  return isLoosened ? [`${subject}loosens the policy`] : [];
}

/** What the metric checks say about models; one sentence when two of them say it of the same ones. */
function modelsNews(causes: CheckOutcome[], broken: string[]): string[] {
  const worse = worseModels(causes.find(({ id }) => id === "metric-regression"));
  const beyond = missing(
    causes.find(({ id }) => id === "metric-threshold"),
    broken,
  );
  const both = worse.length > 0 && worse.length === beyond.length && worse.every((model) => beyond.includes(model));
  if (both) return [`this change makes ${names(worse)} worse, past ${limitsOf(worse)}`];
  return causes.flatMap((cause) => modelNews(cause, broken) ?? []);
}

function worseModels(regression: CheckOutcome | undefined): string[] {
  if (regression?.result.answer !== "fail" || modelsOf(regression.result.findings, ["removed"]).length > 0) return [];
  return modelsOf(regression.result.findings, ["regressed"]);
}

/** A model that could not be run has no metrics, which is not to miss a limit. */
function missing(threshold: CheckOutcome | undefined, broken: string[]): string[] {
  if (threshold?.result.answer !== "fail") return [];
  return modelsOf(threshold.result.findings).filter((model) => !broken.includes(model));
}

function limitsOf(models: string[]): string {
  return models.length === 1 ? "its metric limits" : "their metric limits";
}

/** What a result of a metric check says about the models it names; null for any other check. */
function modelNews(cause: CheckOutcome, broken: string[]): string | null {
  const { id, result } = cause;
  if (result.answer !== "fail") return null;
  if (id === "metric-threshold") {
    const models = missing(cause, broken);
    return `${names(models)} ${models.length === 1 ? "misses" : "miss"} ${limitsOf(models)}`;
  }
  if (id !== "metric-regression") return null;
  const worse = modelsOf(result.findings, ["regressed"]);
  const since = modelsOf(result.findings, ["anchor"]).filter((model) => !worse.includes(model));
  const gone = modelsOf(result.findings, ["removed"]);
  const parts = [
    ...(worse.length > 0 ? [`makes ${names(worse)} worse`] : []),
    ...(since.length > 0
      ? [`takes ${names(since)} further below ${since.length === 1 ? "its anchor" : "their anchors"}`]
      : []),
    ...(gone.length > 0 ? [`removes ${names(gone)}`] : []),
  ];
  return join(parts.map((part, at) => `${at === 0 ? "this change" : "it"} ${part}`));
}

function modelsOf(findings: Finding[], verdicts?: string[]): string[] {
  const wanted = findings.filter(
    ({ evidence }) => verdicts === undefined || verdicts.includes(String(evidence.verdict)),
  );
  return [...new Set(wanted.flatMap(({ model }) => model ?? []))];
}

/** @param more `more ` after other news */
function restSentence(rest: CheckOutcome[], conclusion: Verdict["conclusion"], more: "" | "more "): string {
  const one = rest.length === 1;
  const says = conclusion === "fail" ? (one ? "needs attention" : "need attention") : "could not decide";
  return `${rest.length} ${more}${one ? "check" : "checks"} ${says}: ${titles(rest)}`;
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
