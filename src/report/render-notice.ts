import type { Problem } from "../../pipeline/problem.ts";
import { fitMarkdown } from "./fit-markdown.ts";
import { toProblemViews } from "./problem-view.ts";
import { annotateProblem, titleOf } from "./render-check-run.ts";
import { commentMarker } from "./render-comment.ts";
import type { Report } from "./report.ts";
import { renderTemplate } from "./templates.ts";
import { splitCode } from "./to-view.ts";

/** What is to be said when there is no verdict: no policy, a broken one, nothing to compare with. */
export interface Notice {
  passes: boolean;
  /** Follows "ModelSync: ", without a period; what stands between backticks is code. */
  sentence: string;
  /** Paragraphs, plain text. */
  text: readonly string[];
  problems: readonly Problem[];
  /** Nobody asked: said only where an older verdict stands, which holds no longer. */
  silent?: true;
}

/** Stays clear of GitHub's limit for either place, with room for the marker. */
const limit = 65_000;

/** A report without numbers: a sentence, what to do, and every mistake that was found with its place and remedy. */
export function renderNotice({ passes, sentence, text, problems }: Notice): Report {
  const shown = toProblemViews([...problems]);
  const markdown = renderTemplate("notice", {
    mark: passes ? "✓" : "✗",
    sentence: splitCode(sentence),
    text,
    ...shown,
  });
  const body = fitMarkdown(markdown, limit, (leftOut) => renderTemplate("cut-note", { leftOut, command: null }));
  return {
    comment: `${body}\n\n${commentMarker}\n`,
    checkRun: {
      conclusion: passes ? "success" : "failure",
      title: titleOf(sentence),
      summary: body,
      text: "",
      annotations: problems.flatMap(annotateProblem).slice(0, 50),
    },
  };
}
