import type { Verdict } from "../verdict/verdict.ts";

/** What the command's exit code says. `cannotEvaluate` is also misuse; 130 is an interrupt, as shells have it. */
export const exitCodes = { pass: 0, fail: 1, cannotEvaluate: 2, interrupted: 130 } as const;

export function exitCodeOf(conclusion: Verdict["conclusion"]): number {
  return { pass: exitCodes.pass, fail: exitCodes.fail, "cannot-tell": exitCodes.cannotEvaluate }[conclusion];
}
