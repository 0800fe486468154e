import type { Finding } from "../verdict/check.ts";
import { followsFrom } from "../verdict/follows-from.ts";
import type { CheckOutcome } from "../verdict/verdict.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { mergeSlices } from "./merge-slices.ts";
import { renderTemplate } from "./templates.ts";

export interface Checklist {
  /** Checks that failed or could not tell, the blocking ones first; Markdown list items. */
  attention: string[];
  /** Summaries of the rest, plain text. */
  passed: string[];
  notApplicable: string[];
}

/**
 * @param broken ids of the models that could not be run: what follows from that is one item, not one per check
 */
export function toChecklist(outcomes: CheckOutcome[], broken: ReadonlySet<string>): Checklist {
  const summaries = (answer: string) =>
    outcomes.filter(({ result }) => result.answer === answer).map(({ result }) => result.summary);
  const attention = outcomes
    .filter(({ result }) => result.answer === "fail" || result.answer === "cannot-tell")
    .toSorted((a, b) => rank(a) - rank(b));
  const consequences = attention.filter((outcome) => followsFrom(outcome, broken));
  const own = attention.filter((outcome) => !consequences.includes(outcome));
  return {
    attention: [...own.map(renderItem), ...(consequences.length > 0 ? [renderConsequences(consequences)] : [])],
    passed: summaries("pass"),
    notApplicable: summaries("not-applicable"),
  };
}

function rank({ level, result }: CheckOutcome): number {
  return (level === "block" ? 0 : 2) + (result.answer === "fail" ? 0 : 1);
}

function renderConsequences(outcomes: CheckOutcome[]): string {
  const models = [...new Set(outcomes.flatMap(({ result }) => result.findings.flatMap(({ model }) => model ?? [])))];
  return renderTemplate("comment/consequences", { models, titles: outcomes.map(({ title }) => title.toLowerCase()) });
}

/** One finding stands beside the title; several stand below the summary. */
function renderItem({ id, title, level, result }: CheckOutcome): string {
  const head = renderTemplate("comment/checklist-item", {
    title,
    warning: level === "warn",
    unclear: result.answer === "cannot-tell",
  });
  const { shown, more } = mergeSlices(result.findings);
  const findings = shown.map((finding) => renderFinding(id, finding));
  if (findings.length === 1 && more === null) return `${head} ${findings[0]}`;
  const lines = more === null ? findings : [...findings, more];
  return [`${head} ${escapeMarkdown(result.summary)}`, ...lines.map((line) => `  - ${line}`)].join("\n");
}

/** `templates/checks/<id>.hbs` lays out one finding; what any check may say about itself has a layout of its own. */
function renderFinding(check: string, finding: Finding): string {
  const template = "detail" in finding.evidence ? "finding" : `checks/${check}`;
  return renderTemplate(template, finding).replace(/\s*\n\s*/g, " ");
}
