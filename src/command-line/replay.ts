import { loadChecks } from "../verdict/discover-checks.ts";
import { judge } from "../verdict/judge.ts";
import { refuse } from "./answer.ts";
import { exitCodeOf } from "./exit-codes.ts";
import { print } from "./print.ts";
import { type Format, render } from "./render.ts";
import { readFactsFile } from "./saved-facts.ts";

/** `modelsync replay FILE`: judges saved facts again, without git, data or training. Answers the exit code. */
export async function replay(file: string, { format }: { format: Format }): Promise<number> {
  const [checks, facts] = await Promise.all([loadChecks(), readFactsFile(file)]);
  if (!facts.ok) return refuse(facts.problems);
  const verdict = judge(checks, facts.value);
  print(await render(format, verdict, facts.value));
  return exitCodeOf(verdict.conclusion);
}
