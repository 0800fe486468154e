import { closingTable, type Outcome } from "./closing-table.ts";
import { findGitProblem } from "./find-git-problem.ts";
import { perform } from "./perform.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Timeline } from "./timeline.ts";

/** As shells report a program that was stopped from the keyboard. */
const interrupted = 130;

export interface DemoOptions {
  /** Leave the pages open at the end, until `stop`. */
  keep: boolean;
  timeline: Timeline;
  print: (line: string) => void;
  /** Ends the demo at once, whatever it does. */
  stop: AbortSignal;
}

/** The whole demo. Returns the exit code: 0 only when every outcome was the expected one. Leaves nothing behind. */
export async function runDemo({ keep, timeline, print, stop }: DemoOptions): Promise<number> {
  const stopped = new Promise<null>((resolve) => stop.addEventListener("abort", () => resolve(null), { once: true }));
  const problem = await findGitProblem();
  if (stop.aborted) return interrupted;
  if (problem !== null) {
    print(problem);
    return 1;
  }
  timeline.heading("ModelSync reviews five pull requests on a GitHub that runs on this machine");
  const opening = openStage(timeline);
  try {
    const stage = await Promise.race([opening, stopped]);
    const outcomes = stage && (await Promise.race([perform(stage, timeline), stopped]));
    if (!stage || !outcomes) return interrupted;
    const code = conclude(stage, outcomes, timeline, print);
    if (keep) {
      for (const line of invitation(stage)) print(line);
      await stopped;
    } else {
      print('Run "npm run demo -- --keep" to leave the pages open, look at them and push branches of your own.');
    }
    return code;
  } catch (error) {
    if (stop.aborted) return interrupted;
    print(`The demo can't go on: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await opening.then(
      (stage) => stage.close(),
      () => {},
    );
  }
}

function conclude(stage: Stage, outcomes: Outcome[], timeline: Timeline, print: (line: string) => void): number {
  timeline.heading("How it ended");
  for (const line of closingTable(outcomes)) print(line);
  const violations = stage.violations();
  for (const violation of violations) print(`not what GitHub's schema allows: ${violation}`);
  const wrong = outcomes.filter(({ unexpected }) => unexpected !== null).length;
  if (wrong === 0 && violations.length === 0) {
    print(`\nEvery outcome is the expected one (${timeline.seconds().toFixed(1)} s).`);
    return 0;
  }
  print(
    `\n${wrong} outcomes are not the expected ones; ${violations.length} requests or answers broke GitHub's schema.`,
  );
  return 1;
}

/** How to go on by hand while the pages stay open. Issue #3 is open at the end: its pull request was refused, and so are #6 and #8. */
export function invitation({ visitor, maintainer }: Pick<Stage, "visitor" | "maintainer">): string[] {
  const { login, token, cloneUrl, pullsUrl, homePage } = visitor;
  const pull = JSON.stringify({ title: "My change", head: "my-change", base: "main", body: "Closes #3" });
  const waiver = JSON.stringify({ body: "/modelsync waive data-drift reason: new survey wave" });
  return [
    "",
    `The pages stay open until you press Ctrl-C: ${homePage}`,
    `Push a branch of your own as ${login}, whose token is in the address, and open a pull request:`,
    "",
    `  git clone ${cloneUrl} && cd income-model`,
    '  git switch --create my-change   # edit models/income/experiment.yml, then: git commit --all --message "Change it"',
    "  git push origin my-change",
    `  curl --request POST ${pullsUrl} --header "authorization: Bearer ${token}" --data '${pull}'`,
    "",
    "ModelSync reviews it within seconds, and every push to it.",
    "",
    `Or let the drift of #8 through as ${maintainer.login}, who maintains the repository and did not open it:`,
    "",
    `  curl --request POST ${pullsUrl.replace(/pulls$/, "issues/8/comments")} --header "authorization: Bearer ${maintainer.token}" --data '${waiver}'`,
  ];
}
