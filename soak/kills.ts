/**
 * The App under kills and lost webhooks: people push, edit, close and change the policy at random, GitHub drops, doubles and
 * delays webhooks, and the App is killed and started again. Then one sweep and one reconcile; after them every open pull
 * request must have the check that a fresh App with an empty database gives, and at most one comment.
 *
 *     npm run soak [-- --minutes NUMBER] [--seed NUMBER] [--write]
 *
 * `--write` keeps what was seen in docs/results/soak.md. Exits with 1 when something was wrong. Nothing leaves this machine.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../pipeline/stats/random.ts";
import { writeResults } from "../scripts/write-results.ts";
import { seedDataDirectory } from "../test/support/database-template.ts";
import { startLocalApp } from "../test/support/local-app.ts";
import { firstFiles, happenings, type Known, webhookFaults } from "./happenings.ts";
import { KillableApp } from "./killable-app.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "3" },
    seed: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const random = createRandom(`soak ${seed}`);
const restMinutes = 10;

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
const kept = await verdicts();

// A fresh App with an empty database judges all of it again.
await app.kill();
await seedDataDirectory(folders[1]);
await app.start(folders[1]);
for (const { id } of kept) if (id !== null) local.github.rerequestRun(id, "ada");
await app.settle();
const fresh = await verdicts();
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
const report = [
  `\`npm run soak -- --minutes ${minutes} --seed ${seed}\`: ${wrong.length === 0 ? "passed" : "**did not pass**"}.`,
  `After sweep and reconcile the App was at rest in ${restSeconds} s.`,
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
  ...(wrong.length === 0 ? [] : ["", "Wrong:", "", ...wrong.map((line) => `* ${line}`)]),
];
process.stdout.write(`${report.join("\n")}\n`);
if (values.write) writeResults("soak.md", "Soak", report);
process.exit(wrong.length === 0 ? 0 : 1);

/** The newest check of every open pull request's head, and how many comments the App wrote there. */
async function verdicts() {
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
