import pg from "pg";
import { PgBoss } from "pg-boss";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { soon } from "../support/soon.ts";
import { type StartedMain, startMain, variablesOf } from "../support/start-main.ts";
import { sweepNow } from "../support/sweep-now.ts";

// The App as a process, which can be frozen and killed, and after it another one on the same PostgreSQL.
let local: LocalApp;
let first: StartedMain;
let client: pg.Client;

beforeEach(async () => {
  local = await startLocalApp({ policy: "version: 1\nmodels: []\n" });
  await local.app.stop();
  first = startMain(variablesOf(local));
  const [, port] = await first.printed(/"port":(\d+)/);
  local.github.setWebhook(local.appId, `http://127.0.0.1:${port}/`);
  client = new pg.Client({ connectionString: local.databaseUrl! });
  await client.connect();
});
afterEach(async () => {
  first.child.kill("SIGKILL");
  await first.ended;
  await client.end();
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const passing = { status: "completed", conclusion: "success" };

it("a webhook that can't be stored is not acknowledged, so that the next process asks for it", async () => {
  const sha = await local.commit("stored", { "a.txt": "1" });
  await local.github.idle();
  await client.query("begin");
  await client.query("lock table delivery in access exclusive mode");
  const number = await local.open("stored");
  await local.github.idle();
  first.child.kill("SIGKILL");
  await first.ended;
  await client.query("rollback");
  await local.restart();
  await local.settle();
  expect(await local.checkRuns(sha)).toEqual([]);
  await sweepNow(local);
  const opened = local.github.deliveries().filter(({ action }) => action === "opened");
  expect(opened.map(({ redelivery, statusCode }) => [redelivery, statusCode])).toEqual([
    [false, 500],
    [true, 200],
  ]);
  expect((await local.checkRuns(sha))[0]).toMatchObject(passing);
  expect(await local.comments(number)).toHaveLength(1);
});

it("a process that is frozen in a review and wakes after another took it over publishes nothing", async () => {
  const frozen = Promise.withResolvers<void>();
  local.github.faults.add({
    match({ operation }) {
      if (operation !== "GET /repos/{owner}/{repo}/git/trees/{tree_sha}") return false;
      first.child.kill("SIGSTOP");
      frozen.resolve();
      return true;
    },
    effect: { kind: "delay", milliseconds: 1 },
  });
  const sha = await local.commit("frozen", { "a.txt": "1" });
  const number = await local.open("frozen");
  await frozen.promise;
  await local.restart();
  await letHeartbeatsPass();
  await vi.waitFor(async () => expect((await local.checkRuns(sha))[0]).toMatchObject(passing), soon);
  const before = await local.checkRuns(sha);
  first.child.kill("SIGCONT");
  await first.printed(/another process took the review over|review ended/);
  await local.settle();
  expect(first.output()).not.toContain("review ended");
  expect(await local.checkRuns(sha)).toEqual(before);
  expect(await local.comments(number)).toHaveLength(1);
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
});

/** Does what two minutes do: nobody heard of the jobs that run, and the queue gives them to others without a pause. */
async function letHeartbeatsPass(): Promise<void> {
  await client.query(
    "update pgboss.job set heartbeat_on = heartbeat_on - interval '2 minutes', retry_delay = 0 where state = 'active'",
  );
  await client.query("update pgboss.queue set monitor_on = null, monitor_claim_on = null");
  const boss = new PgBoss({ connectionString: local.databaseUrl!, supervise: false, schedule: false });
  await boss.start();
  await boss.supervise("review");
  await boss.stop({ graceful: false });
}
