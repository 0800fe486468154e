import type { Finding } from "../verdict/check.ts";
import { followsFrom } from "../verdict/follows-from.ts";
import type { CheckOutcome } from "../verdict/verdict.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { mergeSlices } from "./merge-slices.ts";
import { renderTemplate } from "./templates.ts";
import { waivedItems } from "./waived-items.ts";

export interface Checklist {
  /** Checks that failed or could not tell, the blocking ones first; Markdown list items. */
  attention: string[];
  /** Summaries of the rest, plain text. */
  passed: string[];
  notApplicable: string[];
  /** Of each check, what waivers hold for and what they no longer hold for; Markdown list items. */
  waived: string[];
}

/**
 * @param broken the models that could not be run, by id, with why: what follows from that is one item, not one per check,
 * and is not told beside what a check says of other models
 */
export function toChecklist(outcomes: CheckOutcome[], broken: ReadonlyMap<string, string | null>): Checklist {
  const summaries = (answer: string) =>
    outcomes
      // What passes only because somebody accepted what it found has a line of its own.
      .filter(({ result, waived = [] }) => result.answer === answer && waived.every(({ state }) => state !== "holds"))
      .map(({ result }) => result.summary);
  const attention = outcomes
    .filter(({ result }) => result.answer === "fail" || result.answer === "cannot-tell")
    .toSorted((a, b) => rank(a) - rank(b));
  const ids = new Set(broken.keys());
  const repeats = (finding: Finding) => isConsequence(finding, broken);
  const own = attention.filter((outcome) => !followsFrom(outcome, ids));
  const consequences = attention.filter(
    (outcome) => followsFrom(outcome, ids) || outcome.result.findings.some(repeats),
  );
  return {
    attention: [
      ...own.map((outcome) => renderItem(withoutSome(outcome, repeats))),
      ...(consequences.length > 0 ? [renderConsequences(consequences, ids)] : []),
    ],
    passed: summaries("pass"),
    notApplicable: summaries("not-applicable"),
    waived: outcomes.flatMap(waivedItems),
  };
}

function rank({ level, result }: CheckOutcome): number {
  return (level === "block" ? 0 : 2) + (result.answer === "fail" ? 0 : 1);
}

/** Whether a finding says of a model only that it could not be run. */
function isConsequence({ model = "", evidence }: Finding, broken: ReadonlyMap<string, string | null>): boolean {
  const trouble = broken.get(model) ?? null;
  return trouble !== null && (evidence.verdict === "broken" || evidence.reason === trouble);
}

/** The outcome without these findings, unless nothing would be left to tell. */
function withoutSome(outcome: CheckOutcome, drop: (finding: Finding) => boolean): CheckOutcome {
  const findings = outcome.result.findings.filter((finding) => !drop(finding));
  return findings.length === 0 ? outcome : { ...outcome, result: { ...outcome.result, findings } };
}

function renderConsequences(outcomes: CheckOutcome[], broken: ReadonlySet<string>): string {
  const found = outcomes.flatMap(({ result }) => result.findings.flatMap(({ model }) => model ?? []));
  const models = [...new Set(found)].filter((model) => broken.has(model));
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
