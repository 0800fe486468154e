import { loadChecks } from "../verdict/discover-checks.ts";
import { judge } from "../verdict/judge.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { print, tell } from "./print.ts";
import { type Format, render } from "./render.ts";
import { readFactsFile } from "./saved-facts.ts";
import { showProblems } from "./show-problems.ts";

/** `modelsync replay FILE`: judges saved facts again, without git, data or training. Answers the exit code. */
export async function replay(file: string, { format }: { format: Format }): Promise<number> {
  const [checks, facts] = await Promise.all([loadChecks(), readFactsFile(file)]);
  if (!facts.ok) {
    tell(showProblems(facts.problems));
    return exitCodes.cannotEvaluate;
  }
  const verdict = judge(checks, facts.value);
  print(await render(format, verdict, facts.value));
  return exitCodeOf(verdict.conclusion);
}
