import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { collectWaivers } from "../../src/ledger/collect-waivers.ts";
import { ledgerRows } from "../support/ledger-rows.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { aPerson, reportOn, say } from "../support/people.ts";
import { aPull, conclusionOf, done, policy, waive } from "../support/pulls-without-issue.ts";

let local: LocalApp;
let grace: Octokit;
let linus: Octokit;
beforeAll(async () => {
  local = await startLocalApp({ policy });
  grace = await aPerson(local, "grace", "maintain");
  linus = await aPerson(local, "linus", "push");
});
afterEach(() => expect(local.github.violations).toEqual([]));
afterAll(() => local[Symbol.asyncDispose]());

describe("among 1,000 comments", () => {
  it("a command costs what it always does, and the report is found again by a fresh App", {
    timeout: 240_000,
  }, async () => {
    // The reconciliation looks where a pull request was seen.
    await aPull(local);
    await local.app.stop();
    const sha = await local.commit("talked-about", { "notes.md": "talked about" });
    const number = await local.open("talked-about", { body: done });
    const words = (at: number) =>
      grace.rest.issues.createComment({ ...local.repository, issue_number: number, body: `Word ${at}` });
    for (let at = 0; at < 1000; at += 50) await Promise.all(Array.from({ length: 50 }, (_, more) => words(at + more)));
    await local.restart();
    await local.app.runNow("reconcile");
    await local.settle();
    expect(await conclusionOf(local, sha)).toBe("failure");
    const calls = await local.callsDuring(() => say(local, grace, number, waive));
    expect(calls.filter((call) => call.endsWith("/comments"))).toEqual([]);
    expect([calls.length < 10, await conclusionOf(local, sha)]).toEqual([true, "success"]);

    await loseDatabase();
    await say(local, linus, number, "/modelsync rerun");
    expect(await conclusionOf(local, sha)).toBe("success");
    const { data } = await grace.rest.pulls.get({ ...local.repository, pull_number: number });
    // The words, the report and two commands: the report was not written a second time.
    expect(data.comments).toBe(1003);
  });
});

async function loseDatabase(): Promise<void> {
  await local.app.stop();
  for (const name of await readdir(local.directory)) await rm(join(local.directory, name), { recursive: true });
  await local.restart();
  await local.app.runNow("reconcile");
  await local.settle();
}

describe("an App that lost its database", () => {
  /** What the ledger tells of the waivers of a pull request. */
  async function recorded(number: number): Promise<object[]> {
    const { take, recorded } = collectWaivers();
    for (const row of await ledgerRows(local)) take(row);
    return recorded.waivers
      .filter((one) => one.number === number)
      .map(({ waiver: { by, given, withdrawnBy } }) => ({ by, given, withdrawnBy }));
  }

  it("finds waivers again in its own comments, but not those that somebody else wrote there", async () => {
    const kept = await aPull(local);
    await say(local, grace, kept.number, waive);
    const copied = await aPull(local);
    const forged = (await local.comments(copied.number))[0]!;
    const line = /<!-- modelsync:waivers \S+ -->/.exec(await reportOn(local, kept.number))![0];
    await linus.rest.issues.updateComment({
      ...local.repository,
      comment_id: forged.id,
      body: `${forged.body}${line}`,
    });
    await local.settle();

    const [{ given: recordedAt }] = (await recorded(kept.number)) as [{ given: string }];
    await loseDatabase();
    for (const { number } of [kept, copied]) await say(local, linus, number, "/modelsync rerun");
    expect([await conclusionOf(local, kept.sha), await conclusionOf(local, copied.sha)]).toEqual([
      "success",
      "failure",
    ]);
    expect(await reportOn(local, kept.number)).toContain("waived by grace");
    expect(await local.comments(copied.number)).toHaveLength(2);
    const [{ given, ...restored }, ...more] = (await recorded(kept.number)) as [{ given: string }];
    expect([restored, more, given <= recordedAt]).toEqual([{ by: "grace", withdrawnBy: null }, [], true]);
    expect(await recorded(copied.number)).toEqual([]);

    await say(local, grace, kept.number, "/modelsync unwaive linked-issue");
    expect(await conclusionOf(local, kept.sha)).toBe("failure");
    await loseDatabase();
    await say(local, linus, kept.number, "/modelsync rerun");
    expect(await conclusionOf(local, kept.sha)).toBe("failure");
    expect(await recorded(kept.number)).toEqual([{ by: "grace", given, withdrawnBy: "grace" }]);
    expect((await ledgerRows(local))[0]).toMatchObject({
      seq: 1,
      kind: "begin",
      data: { reason: expect.stringContaining("What was recorded before, if anything, is not in this chain") },
    });
  });

  it("does not take back a line of its own from before a waiver was taken back", async () => {
    const { number, sha } = await aPull(local);
    await say(local, grace, number, waive);
    const older = await reportOn(local, number);
    await say(local, grace, number, "/modelsync unwaive linked-issue");
    await local.app.stop();
    const [report] = await local.comments(number);
    await linus.rest.issues.updateComment({ ...local.repository, comment_id: report!.id, body: older });
    await loseDatabase();
    await say(local, linus, number, "/modelsync rerun");
    expect(await conclusionOf(local, sha)).toBe("failure");
  });
});
