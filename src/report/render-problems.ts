import type { Problem } from "../../pipeline/problem.ts";
import { verdictOnBrokenPolicy } from "../verdict/form-verdict.ts";
import { fitMarkdown } from "./fit-markdown.ts";
import { toProblemViews } from "./problem-view.ts";
import { annotateProblem, titleOf } from "./render-check-run.ts";
import { commentMarker } from "./render-comment.ts";
import type { Report } from "./report.ts";
import { renderTemplate } from "./templates.ts";
import { splitCode } from "./to-view.ts";

/** What is known when a review can't even begin. */
export interface ProblemContext {
  /** Name of the base branch: its policy is the one that could not be read. */
  baseRef: string;
  headSha: string;
  /** The sentence of the first line; by default it says that the policy has mistakes. */
  sentence?: string;
}

/** The report when the policy can't be loaded: every problem with its place and remedy. It is a failure, never a pass. */
export function renderProblems(problems: Problem[], context: ProblemContext): Report {
  const sentence = context.sentence ?? verdictOnBrokenPolicy(problems).sentence;
  const { problems: shown, more } = toProblemViews(problems);
  const markdown = renderTemplate("problems", {
    sentence: splitCode(sentence),
    head: context.headSha.slice(0, 7),
    baseRef: context.baseRef,
    problems: shown,
    more,
  });
  const body = fitMarkdown(markdown, 60_000, (leftOut) => renderTemplate("cut-note", { leftOut, command: null }));
  return {
    comment: `${body}\n\n${commentMarker}\n`,
    checkRun: {
      conclusion: "failure",
      title: titleOf(sentence),
      summary: body,
      text: "",
      annotations: problems.flatMap(annotateProblem).slice(0, 50),
    },
  };
}
