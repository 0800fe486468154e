import { type Problem, problemName } from "../../pipeline/problem.ts";
import type { Notice } from "../report/render-notice.ts";
import { plainText } from "./plain-text.ts";

/** Problems for a person at a terminal: where, what, by which name, what was written, what is allowed, what to do. */
export function showProblems(problems: readonly Problem[]): string {
  return problems.map(showProblem).join("\n");
}

/** What is worth saying and stops nothing, in one line. */
export function showNote(note: Problem): string {
  return `${plainText(note.message)} [${problemName(note)}]`;
}

/** A note below a table. */
export function noteLine(note: Problem): string {
  return `Note: ${showNote(note)}`;
}

/** Why there is no verdict, what to do, and every mistake that was found. */
export function showNotice({ passes, sentence, text, problems }: Notice): string {
  const lines = [
    `${passes ? "✓" : "✗"} ModelSync: ${plainText(sentence)}`,
    ...text.map((one) => `  ${plainText(one)}`),
    ...problems.map(showProblem),
  ];
  return lines.join("\n");
}

function showProblem(problem: Problem): string {
  const { where, written, allowed, remedy } = problem;
  const place = [where.path, where.line, where.line === undefined ? undefined : where.column]
    .filter((part) => part !== undefined)
    .join(":");
  const lines = [`${plainText(place)}${where.key ? ` (${plainText(where.key)})` : ""}: ${showNote(problem)}`];
  if (written !== undefined) lines.push(`  written: ${plainText(written)}`);
  if (allowed !== undefined) lines.push(`  allowed: ${plainText(allowed)}`);
  lines.push(`  ${plainText(remedy)}`);
  return lines.join("\n");
}
