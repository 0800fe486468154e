import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { exitCodes } from "./exit-codes.ts";
import { print, tell } from "./print.ts";
import { showProblems } from "./show-problems.ts";

/** Prints what a command found, or tells why it found nothing. Answers its exit code. */
export function answer(outcome: Outcome<string>): number {
  if (!outcome.ok) return refuse(outcome.problems);
  print(outcome.value);
  return exitCodes.pass;
}

/** Tells why a command has no result. Answers its exit code. */
export function refuse(problems: readonly Problem[]): number {
  tell(showProblems(problems));
  return exitCodes.cannotEvaluate;
}
