import { type Problem, problemName } from "../../pipeline/problem.ts";
import { plainText } from "./plain-text.ts";

/** Problems for a person at a terminal: where, what, by which name, what was written, what is allowed, what to do. */
export function showProblems(problems: readonly Problem[]): string {
  return problems.map(showProblem).join("\n");
}

/** What is worth saying and stops nothing, in one line. */
export function showNote(note: Problem): string {
  return `${plainText(note.message)} [${problemName(note)}]`;
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
