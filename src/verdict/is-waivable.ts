import type { Answer } from "./check.ts";
import type { Finding } from "./finding.ts";

/**
 * Whether somebody who is entitled may accept a finding of a check that gave this answer: failures, and what the check can't tell
 * because of rows that it names. Of anything else that it can't tell nobody knows what would be accepted.
 */
export function isWaivable({ unclear, rows }: Pick<Finding, "unclear" | "rows">, answer: Answer): boolean {
  if (answer === "fail") return unclear !== true || rows !== undefined;
  return answer === "cannot-tell" && rows !== undefined;
}
