import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../pipeline/stats/random.ts";
import { seedDataDirectory } from "../test/support/database-template.ts";
import { type LocalApp, startLocalApp } from "../test/support/local-app.ts";
import { firstFiles, happenings, type Known, webhookFaults } from "./happenings.ts";
import { KillableApp } from "./killable-app.ts";

/** Lines for a report, and what was wrong. */
export interface Soaked {
  lines: string[];
  wrong: string[];
}

const restMinutes = 10;

/**
 * The App as a process under kills and lost webhooks: people push, edit, close and change the policy at random, GitHub drops,
 * doubles and delays webhooks, and the App is killed and started again. Then one sweep and one reconcile; after them every
 * open pull request must have the check that a fresh App with an empty database gives, and at most one comment.
 */
export async function soakKills(minutes: number, seed: number): Promise<Soaked> {
  const random = createRandom(`soak ${seed}`);
  const local = await startLocalApp({ policy: null });
  await local.app.stop();
  const app = new KillableApp(local);
  const folders = [local.directory, await mkdtemp(join(tmpdir(), "modelsync-fresh-"))] as const;
  const seen: Record<string, number> = {};
  const count = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };

  await local.commit("main", firstFiles);
  await app.start(folders[0]);
  const pulls: Known[] = [];
  for (const branch of ["one", "two", "three", "four", "five"]) {
    await local.commit(branch, { [`${branch}.txt`]: branch });
    pulls.push({ number: await local.open(branch), branch, open: true });
  }

  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    if (random.uniform() < 0.4) {
      const names = Object.keys(webhookFaults) as (keyof typeof webhookFaults)[];
      const name = names[random.below(names.length)]!;
      local.github.addWebhookFault({ event: "*", effect: webhookFaults[name] });
      count(`webhook ${name}`);
    }
    const all = Object.keys(happenings);
    const what = all[random.below(all.length)]!;
    await happenings[what]!(local, pulls[random.below(pulls.length)]!, random);
    count(what);
    await new Promise((resolve) => setTimeout(resolve, 1500 * random.uniform()));
    if (random.uniform() < 0.08) {
      await app.kill();
      count("App killed");
      await app.start(folders[0]);
    }
  }

  // Every pull request is looked at in the end, also one whose opening the App was not told of.
  for (const pull of pulls) if (!pull.open) await happenings["closed or opened again"]!(local, pull, random);
  await app.settle();
  // The App is down when the last change of each comes.
  await app.kill();
  for (const pull of pulls) {
    await happenings["a broken experiment"]!(local, pull, random);
    await happenings["another experiment"]!(local, pull, random);
  }
  await local.github.idle();
  await app.start(folders[0]);

  const restStarted = performance.now();
  const deadline = setTimeout(() => {
    process.stderr.write(`The App did not come to rest within ${restMinutes} minutes. Seed ${seed}.\n`);
    process.exit(1);
  }, restMinutes * 60_000);
  await app.settle();
  await app.ask("sweep");
  await app.settle();
  await app.ask("reconcile");
  await app.settle();
  const restSeconds = Math.round((performance.now() - restStarted) / 1000);
  const kept = await verdicts(local, pulls);

  // A fresh App with an empty database judges all of it again.
  await app.kill();
  await seedDataDirectory(folders[1]);
  await app.start(folders[1]);
  for (const { id } of kept) if (id !== null) local.github.rerequestRun(id, "ada");
  await app.settle();
  const fresh = await verdicts(local, pulls);
  clearTimeout(deadline);
  await app.kill();

  const wrong = kept.flatMap((one, at) => {
    const again = fresh[at]!;
    const said = ({ conclusion, title }: typeof one) => `${conclusion}: ${title}`;
    return [
      ...(one.conclusion === null ? [`#${one.number} has no verdict`] : []),
      ...(said(one) === said(again) ? [] : [`#${one.number} says "${said(one)}", a fresh App "${said(again)}"`]),
      ...(again.comments <= 1 ? [] : [`#${one.number} has ${again.comments} comments`]),
    ];
  });
  wrong.push(...local.github.violations.map(({ operation, message }) => `${operation}: ${message}`));
  await local.github.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })));

  const answers = kept.map(({ number, conclusion, title }) => `| #${number} | ${conclusion} | ${title} |`);
  const lines = [
    `${minutes} minutes of kills: ${wrong.length === 0 ? "passed" : "**did not pass**"}. After sweep and reconcile the App was at rest in ${restSeconds} s.`,
    "",
    ...[
      "| what happened | times |",
      "|---|---:|",
      ...Object.entries(seen)
        .sort()
        .map(([what, times]) => `| ${what} | ${times} |`),
    ],
    "",
    ...["| open pull request | check | |", "|---|---|---|", ...answers],
  ];
  return { lines, wrong };
}

/** The newest check of every open pull request's head, and how many comments the App wrote there. */
async function verdicts(local: LocalApp, pulls: readonly Known[]) {
  return await Promise.all(
    pulls
      .filter(({ open }) => open)
      .map(async ({ number }) => {
        const { data: pull } = await local.ada.rest.pulls.get({ ...local.repository, pull_number: number });
        const checks = await local.ada.rest.checks.listForRef({ ...local.repository, ref: pull.head.sha });
        const [run] = checks.data.check_runs;
        const comments = (await local.comments(number)).filter(({ login }) => login === "modelsync[bot]").length;
        const { id = null, conclusion = null, output } = run ?? {};
        return { number, id, conclusion, title: output?.title ?? null, comments };
      }),
  );
}
