import { type Problem, problemName } from "../../pipeline/problem.ts";
import type { Facts } from "../facts/facts.ts";
import { reviewedModels } from "../facts/model-state.ts";
import type { CheckOutcome, Verdict } from "../verdict/verdict.ts";
import { cleanText } from "./escape-markdown.ts";
import { fitMarkdown } from "./fit-markdown.ts";
import { cutNote, type RenderedParts } from "./render-comment.ts";
import type { Annotation, Report } from "./report.ts";

/** GitHub refuses more than 65,535 characters in either field, and more than 50 annotations in a request. */
const fieldLimit = 65_535;
const annotationLimit = 50;

/** More of a message than anybody reads beside a line. */
const longestMessage = 4_000;

/** The check run: the visible part as its summary, the folded one as its text. */
export function renderCheckRun({ visible, folded }: RenderedParts, verdict: Verdict, facts: Facts): Report["checkRun"] {
  const note = (leftOut: number) => cutNote(leftOut, facts);
  return {
    conclusion: verdict.conclusion === "pass" ? "success" : "failure",
    title: titleOf(verdict.sentence),
    summary: fitMarkdown(visible, fieldLimit, note),
    text: fitMarkdown(folded.map(({ markdown }) => markdown).join("\n\n"), fieldLimit, note),
    annotations: annotate(verdict, facts),
  };
}

/** A title is plain text: no code, at most 255 characters; the name of a model keeps its first letter. */
export function titleOf(sentence: string): string {
  const plain = cleanText(sentence.replaceAll("`", "")).trim();
  return sentence.startsWith("`") ? plain : plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What has a place in the head's files. A place in the base's would be marked at the wrong line. */
function annotate({ outcomes, problems }: Verdict, facts: Facts): Annotation[] {
  const broken = reviewedModels(facts).flatMap(({ state }) =>
    state.kind === "broken" && state.side === "head" ? state.problems : [],
  );
  const all = [...[...problems, ...broken].flatMap(annotateProblem), ...outcomes.flatMap(annotateOutcome)];
  const seen = new Map(all.map((one) => [`${one.path}:${one.start_line}:${one.message}`, one]));
  return [...seen.values()].slice(0, annotationLimit);
}

export function annotateProblem(problem: Problem): Annotation[] {
  const { where, message, remedy, written, allowed } = problem;
  if (where.line === undefined) return [];
  const details = [
    written === undefined ? "" : `Written: ${written}.`,
    allowed === undefined ? "" : `Allowed: ${allowed}.`,
  ];
  return [
    annotation(
      where.path,
      where.line,
      "failure",
      message,
      [...details, remedy, `(${problemName(problem)})`].filter((part) => part !== "").join(" "),
    ),
  ];
}

function annotateOutcome({ level, result }: CheckOutcome): Annotation[] {
  if (result.answer === "pass" || result.answer === "not-applicable") return [];
  return result.findings.flatMap(({ path, line, title, remedy, evidence }) => {
    // Problems of a side are told above, in the words of the problem.
    if (path === undefined || line === undefined || evidence.verdict === "broken") return [];
    return [annotation(path, line, level === "block" ? "failure" : "warning", title, remedy)];
  });
}

function annotation(
  path: string,
  line: number,
  level: Annotation["annotation_level"],
  title: string,
  message: string,
): Annotation {
  return {
    path,
    start_line: line,
    end_line: line,
    annotation_level: level,
    title: cleanText(title).trim(),
    message: cleanText(message, longestMessage).trim(),
  };
}
