import { escapeMarkdown } from "../report/escape-markdown.ts";
import { commentMarker } from "../report/render-comment.ts";
import type { Publishable } from "./review-ports.ts";

/**
 * A report without numbers: a sentence and what to do. All text is taken as plain text.
 *
 * @param comment whether it also goes into the conversation
 */
export function plainReport(report: { passes: boolean; title: string; text: string[]; comment: boolean }): Publishable {
  const body = report.text.map(escapeMarkdown).join("\n\n");
  const heading = `### ${report.passes ? "✓" : "✗"} ModelSync: ${escapeMarkdown(report.title)}`;
  return {
    comment: report.comment ? `${heading}\n\n${body}\n\n${commentMarker}\n` : null,
    checkRun: {
      conclusion: report.passes ? "success" : "failure",
      title: report.title.slice(0, 255),
      summary: body,
      text: "",
      annotations: [],
    },
  };
}
