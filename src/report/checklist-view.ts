import type { Finding } from "../verdict/check.ts";
import { followsFrom } from "../verdict/follows-from.ts";
import { isWaivable } from "../verdict/is-waivable.ts";
import type { CheckOutcome } from "../verdict/verdict.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { mergeSlices, type ShownFinding } from "./merge-slices.ts";
import { renderTemplate } from "./templates.ts";
import { drawBox } from "./waive-boxes.ts";
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

/** Where boxes are drawn that waive what they stand beside; null: nowhere. */
export interface Boxes {
  headSha: string;
  /** Whether the policy lets anybody waive what a check finds. */
  mayBeWaived(check: string): boolean;
}

/**
 * @param broken the models that could not be run, by id, with why: what follows from that is one item, not one per check,
 * and is not told beside what a check says of other models
 */
export function toChecklist(
  outcomes: CheckOutcome[],
  broken: ReadonlyMap<string, string | null>,
  boxes: Boxes | null = null,
): Checklist {
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
      ...own.map((outcome) => renderItem(withoutSome(outcome, repeats), boxes)),
      ...(consequences.length > 0 ? [renderConsequences(consequences, ids)] : []),
    ],
    passed: summaries("pass"),
    notApplicable: summaries("not-applicable"),
    waived: outcomes.flatMap((outcome) => waivedItems(outcome, boxes?.headSha ?? null)),
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

/**
 * One finding stands beside the title; several stand below the summary. What may be waived has a box of its own, below it or
 * before it: the one before the title shows how the check ended.
 */
function renderItem({ id, title, level, result }: CheckOutcome, boxes: Boxes | null): string {
  const boxOf = (finding: ShownFinding) =>
    // A warning blocks nothing.
    boxes === null || level !== "block" || !isWaivable(finding, result.answer) || !boxes.mayBeWaived(id)
      ? null
      : drawBox({ does: "waive", fingerprints: finding.fingerprints, headSha: boxes.headSha });
  const head = renderTemplate("comment/checklist-item", {
    title,
    warning: level === "warn",
    unclear: result.answer === "cannot-tell",
  });
  const { shown, more } = mergeSlices(result.findings);
  const findings = shown.map((finding) => ({ box: boxOf(finding), text: renderFinding(id, finding) }));
  if (findings.length === 1 && more === null) {
    const { box, text } = findings[0]!;
    return box === null ? `${head} ${text}` : `${head} ${text}\n  - ${box} waive it as it is`;
  }
  const told = findings.map(({ box, text }) => (box === null ? text : `${box} waive: ${text}`));
  const lines = more === null ? told : [...told, more];
  return [`${head} ${escapeMarkdown(result.summary)}`, ...lines.map((line) => `  - ${line}`)].join("\n");
}

/** `templates/checks/<id>.hbs` lays out one finding; what any check may say about itself has a layout of its own. */
function renderFinding(check: string, finding: Finding): string {
  const template = "detail" in finding.evidence ? "finding" : `checks/${check}`;
  return renderTemplate(template, finding).replace(/\s*\n\s*/g, " ");
}
