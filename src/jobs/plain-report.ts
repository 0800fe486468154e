import type { Problem } from "../../pipeline/problem.ts";
import type { Publishable } from "./review-ports.ts";

/** Problems shown at most; the count in the title tells about the rest. */
const mostShown = 30;

/** A report without numbers: a sentence, what to do, and the mistakes that were found. All text is taken as plain. */
export function plainReport(report: {
  passes: boolean;
  title: string;
  text: string[];
  problems: readonly Problem[];
  comment: boolean;
}): Publishable {
  const body = [
    ...report.text.map(escapeText),
    ...report.problems.slice(0, mostShown).map((problem) => `* ${sentenceOf(problem)}`),
  ].join("\n\n");
  const mark = report.passes ? "✓" : "✗";
  return {
    comment: report.comment ? `### ${mark} ModelSync: ${escapeText(report.title)}\n\n${body}` : null,
    checkRun: {
      conclusion: report.passes ? "success" : "failure",
      title: report.title.slice(0, 255),
      summary: body.slice(0, 65_000),
      text: "",
      annotations: [],
    },
  };
}

function sentenceOf({ where, message, written, allowed, remedy }: Problem): string {
  const line = where.line === undefined ? "" : `:${where.line}`;
  const parts = [
    `${where.path}${line}${where.key === undefined ? "" : ` (${where.key})`}: ${message}`,
    ...(written === undefined ? [] : [`Written: ${written}.`]),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed}.`]),
    remedy,
  ];
  return escapeText(parts.join(" ").slice(0, 1000));
}

/** Every mark that Markdown, HTML or GitHub could read as more than text, and nothing that can't be seen. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(/[\\`*_{}[\]()#+!|~>-]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "@\u200B");
}
