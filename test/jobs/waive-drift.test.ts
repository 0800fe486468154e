import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { ledgerRows } from "../support/ledger-rows.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { aPerson, reactionsTo, repliesOn, reportOn, say } from "../support/people.ts";
import { longer, spamFiles, spamPolicy } from "../support/spam.ts";

const policy = spamPolicy({
  "linked-issue": "off",
  "data-drift": "block",
  "data-schema": "off",
  "data-integrity": "off",
});

let local: LocalApp;
let grace: Octokit;
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-"));
  const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
  local = await startLocalApp({ policy, reviewModels });
  grace = await aPerson(local, "grace", "maintain");
  await local.commit("main", spamFiles);
  await local.settle();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function push(by: number): Promise<string> {
  const sha = await local.commit("wave", longer(by));
  await local.settle();
  return sha;
}

async function conclusionOf(sha: string): Promise<string | null | undefined> {
  const runs = await local.checkRuns(sha);
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
  expect(runs.every(({ status }) => status === "completed")).toBe(true);
  return data.check_runs[0]?.conclusion;
}

it("lets a maintainer accept a wanted drift, until it gets worse", { timeout: 240_000 }, async () => {
  const first = await local.commit("wave", longer(20));
  const number = await local.open("wave");
  await local.settle();
  expect(await conclusionOf(first)).toBe("failure");

  const command = "/modelsync waive data-drift reason: new survey wave, agreed in #12 with @ada until: 2099-01-01";
  const tooLong = await say(local, grace, number, command);
  expect(await reactionsTo(local, tooLong)).toEqual(["-1"]);
  expect((await repliesOn(local, number)).at(-1)).toMatch(
    /^- A waiver holds for 90 days at most: until \d{4}-\d\d-\d\d\.$/,
  );

  const given = await say(local, grace, number, command.replace(" until: 2099-01-01", ""));
  expect(await reactionsTo(local, given)).toEqual(["+1"]);
  expect(await conclusionOf(first)).toBe("success");
  const report = await reportOn(local, number);
  expect(report).toMatch(/^### ✓ ModelSync: this change passes, with 1 waiver: data drift\n/);
  expect(report).toMatch(
    /\n- \[x\] <!-- modelsync:unwaive [0-9a-f]{16} [0-9a-f]{40} --> \*\*Data drift\*\*, waived by grace until \d{4}-\d\d-\d\d \(90 days from \d{4}-\d\d-\d\d\): length drifted\. Reason: new survey wave, agreed in #&#8203;12 with @&#8203;ada\n/,
  );
  expect(await repliesOn(local, number)).toHaveLength(1);

  const less = await push(15);
  expect(await conclusionOf(less)).toBe("success");

  const more = await push(40);
  expect(await conclusionOf(more)).toBe("failure");
  expect(await reportOn(local, number)).toMatch(
    /- \[ \] \*\*Data drift\*\*: the waiver of grace of \S+ holds no longer, because it got worse: length drifted \(\d\.\d+ → \d\.\d+\)\./,
  );

  expect(await conclusionOf(await push(20))).toBe("success");
  const taken = await say(local, grace, number, "/modelsync unwaive data-drift");
  expect(await reactionsTo(local, taken)).toEqual(["+1"]);
  const { data: pull } = await local.ada.rest.pulls.get({ ...local.repository, pull_number: number });
  expect(await conclusionOf(pull.head.sha)).toBe("failure");
  expect(await reportOn(local, number)).toContain("holds no longer, because grace took it back");

  const rows = (await ledgerRows(local)).filter(({ person }) => person === "grace");
  expect(rows.map(({ kind, headSha, data }) => ({ kind, headSha, ...data }))).toEqual([
    { kind: "command", headSha: first, command: "waive", target: "data-drift", result: "refused", comment: tooLong },
    {
      ...{ kind: "waiver", headSha: first, baseRef: "main", check: "data-drift", comment: given },
      reason: "new survey wave, agreed in #12 with @ada",
      until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      findings: [expect.objectContaining({ title: expect.stringContaining("length drifted") })],
    },
    { kind: "unwaiver", headSha: pull.head.sha, check: "data-drift", fingerprint: null, comment: taken },
  ]);
});
