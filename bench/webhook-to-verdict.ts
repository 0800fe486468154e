/**
 * Time from a webhook to the pending check and to the verdict, and GitHub calls per event, on the local GitHub.
 *
 *   node bench/webhook-to-verdict.ts
 *
 * As in production: with the pauses between writes that GitHub asks for. A small repository (1,000 rows of the example), one
 * pull request after the other, events that change something and events that change nothing; then 12 pull requests at once.
 */
import { openStage } from "../demo/stage.ts";
import { quantile } from "./median.ts";
import { changeExperiment, shortenData } from "./shorten-data.ts";
import { silentTimeline } from "./silent-timeline.ts";

const together = 12;

const stage = await openStage(silentTimeline, {
  prepare: (folder) => shortenData(folder, 1_000),
  asInProduction: true,
});
try {
  const { person } = stage;
  const pending: number[] = [];
  const verdicts: number[] = [];
  const calls: Record<string, number[]> = { "push or open": [], "text edited": [], "nothing changed": [] };

  const measured = async (kind: string, act: () => Promise<unknown>) => {
    await stage.idle();
    const before = stage.calls();
    await act();
    await stage.idle();
    calls[kind]!.push(stage.calls() - before);
  };
  const until = async (sha: string, status: string, started: number, everyMilliseconds = 10) => {
    for (;;) {
      const run = await person.checkRun(sha, "ModelSync: main");
      if (run !== null && (status === "any" || run.status === status)) return (performance.now() - started) / 1000;
      await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
    }
  };

  for (let round = 0; round < 6; round += 1) {
    const issue = await person.openIssue("A change", "## Acceptance criteria\n\n- [x] done", ["model"]);
    let number = 0;
    await measured("push or open", async () => {
      const head = await person.pushBranch(`change-${round}`, "Change C", (folder) =>
        changeExperiment(folder, `0.${round + 1}`),
      );
      const started = performance.now();
      number = await person.openPullRequest(`change-${round}`, `Change ${round}`, `Closes #${issue}`);
      pending.push(await until(head, "any", started));
      verdicts.push(await until(head, "completed", started));
    });
    await measured("text edited", () => person.editPullRequest(number, `Closes #${issue}. Round ${round}`));
    await measured("nothing changed", () => person.editPullRequest(number, `Closes #${issue}. Round ${round}`));
  }
  const show = (values: number[]) =>
    `p50 ${quantile(values, 0.5).toFixed(2)}, p95 ${quantile(values, 0.95).toFixed(2)}`;
  console.log(`seconds to the pending check: ${show(pending)}; limit 3`);
  console.log(`seconds to the verdict: ${show(verdicts)}; limit 10`);
  for (const [kind, counts] of Object.entries(calls)) {
    console.log(`GitHub calls, ${kind}: p50 ${quantile(counts, 0.5)}, p95 ${quantile(counts, 0.95)}`);
  }
  const all = Object.values(calls).flat();
  console.log(`GitHub calls, all events: p50 ${quantile(all, 0.5)} (limit 4), p95 ${quantile(all, 0.95)} (limit 12)`);

  const heads: string[] = [];
  for (let each = 0; each < together; each += 1) {
    const change = (folder: string) => changeExperiment(folder, `0.${each + 10}`);
    heads.push(await person.pushBranch(`together-${each}`, "Change C", change));
  }
  const opened = performance.now();
  await Promise.all(heads.map((_, each) => person.openPullRequest(`together-${each}`, `Together ${each}`, "")));
  const waits = await Promise.all(heads.map((head) => until(head, "completed", opened, 500)));
  console.log(`seconds to the verdict of the last of ${together} at once: ${Math.max(...waits).toFixed(1)}`);
} finally {
  await stage.close();
}
