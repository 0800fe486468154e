import type { Problem } from "../../pipeline/problem.ts";
import { plainText } from "./plain-text.ts";

/** Problems for a person at a terminal: where, what, what was written, what is allowed, what to do. */
export function showProblems(problems: readonly Problem[]): string {
  return problems.map(showProblem).join("\n");
}

function showProblem({ where, message, written, allowed, remedy }: Problem): string {
  const place = [where.path, where.line, where.line === undefined ? undefined : where.column]
    .filter((part) => part !== undefined)
    .join(":");
  const lines = [`${plainText(place)}${where.key ? ` (${plainText(where.key)})` : ""}: ${plainText(message)}`];
  if (written !== undefined) lines.push(`  written: ${plainText(written)}`);
  if (allowed !== undefined) lines.push(`  allowed: ${plainText(allowed)}`);
  lines.push(`  ${plainText(remedy)}`);
  return lines.join("\n");
}
