import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { type LocalApp, policyText, startLocalApp } from "../support/local-app.ts";
import { aPerson, say } from "../support/people.ts";
import { type CommandResult, modelsyncMeanwhile } from "./run-command.ts";

// What was waived on two pull requests, exported, and honored where the ledger is not.
let local: LocalApp;
let folder: string;
let token: string;
let grace: Octokit;
let repository: GitRepository;
let number: number;
let other: number;
let exported: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-waivers-"));
  local = await startLocalApp();
  token = ((await local.ada.auth()) as { token: string }).token;
  grace = await aPerson(local, "grace", "maintain");
  [number, other] = [await aFailingPull("change"), await aFailingPull("other")];
  for (const one of [number, other]) {
    await say(local, grace, one, "/modelsync waive linked-issue until: 2100-01-01 reason: x");
    await say(local, grace, one, `/modelsync waive linked-issue reason: agreed in the meeting of #${one}`);
  }
  await local.app.stop();
  exported = (await ledger("export")).stdout;
  repository = new GitRepository();
  repository.commit({ ".github/modelsync.yml": policyText });
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.commit({ "notes.md": "1" });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  repository[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

async function aFailingPull(branch: string): Promise<number> {
  await local.commit(branch, { [`${branch}.md`]: "1" });
  const opened = await local.open(branch);
  await local.settle();
  return opened;
}

const ledger = (...args: string[]) => {
  const { databaseUrl, directory } = local;
  const place = databaseUrl === null ? { MODELSYNC_DATA_DIRECTORY: directory } : { DATABASE_URL: databaseUrl };
  return modelsyncMeanwhile(folder, ["ledger", ...args], place);
};
function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
const reviewPull = (...args: string[]): Promise<CommandResult> =>
  modelsyncMeanwhile(
    folder,
    ["review", "--pull", `acme/income#${number}`, "--github-url", local.github.url, "--no-cache", ...args],
    { GITHUB_TOKEN: token },
  );
const reviewBranch = (...args: string[]): Promise<CommandResult> =>
  modelsyncMeanwhile(repository.folder, ["review", "--base", "main", ...args]);
const withoutIssue = (written: object) =>
  file("pull.json", JSON.stringify({ title: "Change", body: "", labels: [], linkedIssues: [], ...written }));

describe("modelsync review --waivers", () => {
  it("honors what was waived on that pull request, and says who did it, why and until when", async () => {
    expect((await reviewPull()).status).toBe(1);
    const { status, stdout, stderr } = await reviewPull("--waivers", file("all.jsonl", exported));
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining(
        `✓ linked-issue  no issue is linked (waived)\n    waived by grace until ${until}: No issue is linked\n      Reason: agreed in the meeting of #${number}\n`,
      ),
    ]);
    expect(stderr).toBe(`${join(folder, "all.jsonl")}: Not used, because about acme/income#${other}: 1 waiver.\n`);
  });

  it.each([
    ["markdown", /- \[x\] .*\*\*Linked issue\*\*, waived by grace until .*: No issue is linked\. Reason: agreed/],
    ["json", /"state": "holds"(?=[\s\S]*"reason": "agreed in the meeting)[\s\S]*"by": "grace"/],
  ])("tells it as %s", async (format, says) => {
    const { status, stdout } = await reviewPull("--format", format, "--waivers", file("all.jsonl", exported));
    expect([status, says.test(stdout)]).toEqual([0, true]);
  });

  it("honors those of the pull request that a branch will be, which a file of one pull request tells", async () => {
    const { stdout } = await ledgerOf(number);
    const waivers = file("one.jsonl", stdout);
    const plain = await reviewBranch("--pull-request", withoutIssue({}));
    const given = await reviewBranch("--pull-request", withoutIssue({}), "--waivers", waivers);
    expect([plain.status, given.status, given.stderr]).toEqual([1, 0, ""]);
    const saved = join(folder, "facts.json");
    await reviewBranch("--pull-request", withoutIssue({}), "--waivers", waivers, "--save", saved);
    expect((await modelsyncMeanwhile(folder, ["replay", saved])).stdout).toContain("waived by grace until");
  });

  it("asks which one it is when the file is about several", async () => {
    const waivers = file("all.jsonl", exported);
    const asked = await reviewBranch("--pull-request", withoutIssue({}), "--waivers", waivers);
    expect([asked.status, asked.stdout, asked.stderr]).toEqual([
      2,
      "",
      expect.stringMatching(
        new RegExp(`written: acme/income#${number}, acme/income#${other}\\n {2}allowed: the number of one`),
      ),
    ]);
    const told = await reviewBranch("--pull-request", withoutIssue({ number: other }), "--waivers", waivers);
    expect([told.status, told.stdout]).toEqual([
      0,
      expect.stringContaining(`Reason: agreed in the meeting of #${other}`),
    ]);
    const bare = await reviewBranch("--pull-request", String(other), "--waivers", waivers);
    expect([bare.status, bare.stderr]).toEqual([
      0,
      expect.stringMatching(
        /Not used, because about .*: 1 waiver\.\n.*nothing that it names fails: linked-issue, by grace until/,
      ),
    ]);
  });

  it("does not honor what was taken back, and says so", async () => {
    await local.restart();
    await say(local, grace, number, "/modelsync unwaive linked-issue");
    await local.app.stop();
    const { stdout } = await ledgerOf(number);
    const { status, stdout: report } = await reviewPull("--waivers", file("one.jsonl", stdout));
    expect([status, report]).toEqual([
      1,
      expect.stringMatching(
        /the waiver of grace of 20\d\d-\d\d-\d\d holds no longer, because grace took it back: No issue/,
      ),
    ]);
  });

  it.each<[string, () => string, string, RegExp]>([
    ["a changed byte", () => exported.replace("agreed in", "Agreed in"), "chain-broken", /Row \d+ was changed/],
    ["a line that is none", () => `${exported.split("\n")[0]}\nx\n`, "chain-broken", /^.*:2: .*line 2 is not what/m],
    ["a file of something else", () => "a,b\n1,2\n", "not-a-ledger", /allowed: a file that modelsync ledger export/],
    ["an empty file", () => "", "not-a-ledger", /holds no row/],
  ])("refuses %s with its place", async (_, content, code, says) => {
    const { status, stdout, stderr } = await reviewBranch("--waivers", file("bad.jsonl", content()));
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringMatching(new RegExp(`bad\\.jsonl.*/${code}\\]`))]);
    expect(stderr).toMatch(says);
  });

  it("refuses a file that is not there, and one that is too large", async () => {
    const absent = await reviewBranch("--waivers", join(folder, "absent.jsonl"));
    expect([absent.status, absent.stderr]).toEqual([2, expect.stringContaining("[dependency/file-unreadable]")]);
    const large = file("large.jsonl", "x".repeat(64 * 1024 * 1024 + 1));
    expect((await reviewBranch("--waivers", large)).stderr).toContain("at most 67,108,864 are read");
  });
});

const ledgerOf = (pull: number) => ledger("export", "--pull", `acme/income#${pull}`);
