import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseEnvironment } from "../../src/environment.ts";
import { seedDataDirectory } from "../support/database-template.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { sweepNow } from "../support/sweep-now.ts";

const policy = "version: 1\nmodels: []\nchecks:\n  linked-issue: { level: block, allow_closed: false }\n";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp({ policy });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const conclusions = async (sha: string, repo = "income") => {
  const wanted = { owner: "acme", repo, ref: sha, filter: "all" as const };
  const { data } = await local.ada.rest.checks.listForRef(wanted);
  return data.check_runs.map(({ conclusion, output }) => [conclusion, output.title]);
};

describe("an issue", () => {
  it("of another repository does not count, whoever labelled it", async () => {
    const mallory = new Octokit({ auth: local.github.createUser("mallory"), baseUrl: local.github.url });
    await local.github.createRepository({ owner: "mallory", name: "own", autoInit: true });
    const { data } = await mallory.rest.issues.create({ owner: "mallory", repo: "own", title: "Mine" });
    const sha = await local.commit("foreign", { "a.txt": "foreign" });
    const number = await local.open("foreign", { body: `Closes mallory/own#${data.number}` });
    await local.settle();
    expect(await conclusions(sha)).toEqual([["failure", expect.any(String)]]);
    expect((await local.comments(number))[0]?.body).toContain("is an issue of another repository");
  });

  it("of a repository that the policy lists counts", async () => {
    await local.github.createRepository({ owner: "acme", name: "tracker", autoInit: true });
    const issue = await local.ada.rest.issues.create({ owner: "acme", repo: "tracker", title: "Wanted" });
    await local.commit("listing", { ".github/modelsync.yml": `${policy}issues: { repositories: [Acme/tracker] }\n` });
    const sha = await local.commit("tracked", { "a.txt": "tracked" });
    const body = `Closes acme/tracker#${issue.data.number}`;
    const number = await local.open("tracked", { base: "listing", body });
    await local.settle();
    expect(await conclusions(sha)).toEqual([["success", expect.any(String)]]);
    const missing = body.replace(/\d+$/, "999");
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body: missing });
    await local.settle();
    expect((await local.comments(number))[0]?.body).toContain("acme/tracker#&#8203;999 does not exist");
  });

  it("counts when it is done meanwhile, and not when it is given up", async () => {
    await local.commit("lenient", { ".github/modelsync.yml": policy.replace(", allow_closed: false", "") });
    const issue = await local.issue();
    const sha = await local.commit("done", { "a.txt": "done" });
    const number = await local.open("done", { base: "lenient", body: `Closes #${issue}` });
    const close = async (state_reason: "completed" | "not_planned" | "duplicate") => {
      const one = { ...local.repository, issue_number: issue };
      await local.ada.rest.issues.update({ ...one, state: "closed", state_reason });
      await local.settle();
      const said = /is closed[\w ]*/.exec((await local.comments(number))[0]?.body ?? "")?.[0];
      await local.ada.rest.issues.update({ ...one, state: "open" });
      await local.settle();
      return [(await conclusions(sha)).length, said];
    };
    const said = [await close("completed"), await close("not_planned"), await close("duplicate")];
    expect(said).toEqual([
      [1, undefined],
      [3, "is closed as not planned"],
      [5, "is closed as a duplicate"],
    ]);
  });

  it("that is linked or taken away in the sidebar counts at the next look, though GitHub tells nobody", async () => {
    const issue = await local.issue();
    const sha = await local.commit("sidebar", { "a.txt": "sidebar" });
    const number = await local.open("sidebar");
    await local.settle();
    const looked = async () => {
      await sweepNow(local, "reconcile");
      return (await conclusions(sha)).map(([conclusion]) => conclusion);
    };
    local.github.linkIssue("acme/income", number, issue);
    const linked = await looked();
    const calls = await local.callsDuring(looked);
    local.github.unlinkIssue("acme/income", number, issue);
    const unlinked = await looked();
    expect({ linked, unlinked, quiet: calls.filter((call) => call.startsWith("POST /repos")) }).toEqual({
      linked: ["success", "failure"],
      unlinked: ["failure", "success", "failure"],
      quiet: [],
    });
  });

  it("is found again by its number after the repository was renamed", async () => {
    const issue = await local.issue();
    const sha = await local.commit("renamed", { "a.txt": "renamed" });
    await local.open("renamed", { body: `Closes #${issue}` });
    await local.settle();
    expect(await conclusions(sha)).toEqual([["success", expect.any(String)]]);
    await local.ada.rest.repos.update({ ...local.repository, name: "earnings" });
    await local.ada.rest.issues.update({ owner: "acme", repo: "earnings", issue_number: issue, state: "closed" });
    await local.settle();
    expect((await conclusions(sha, "earnings")).map(([conclusion]) => conclusion)).toContain("failure");
    await local.ada.rest.repos.update({ owner: "acme", repo: "earnings", name: "income" });
    await local.settle();
  });
});

it.each<[string, () => void]>([
  ["revoked", () => local.github.revokeTokens(local.installationId)],
  ["ended early", () => local.github.expireTokens(local.installationId)],
  [
    "revoked, while new ones are unknown for a moment",
    () => {
      local.github.revokeTokens(local.installationId);
      local.github.delayTokens(600);
    },
  ],
])("a verdict follows the text although the App's token was %s", async (name, strike) => {
  const branch = `token-${name.length}`;
  const issue = await local.issue();
  const sha = await local.commit(branch, { "a.txt": branch });
  const number = await local.open(branch, { body: `Closes #${issue}` });
  await local.settle();
  strike();
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body: "Nothing." });
  await local.settle();
  local.github.delayTokens(0);
  expect((await conclusions(sha)).map(([conclusion]) => conclusion)).toContain("failure");
  expect(local.lines.filter((line) => line.includes("a job failed"))).toEqual([]);
});

describe("a database that was lost", () => {
  it("is made anew from what GitHub knows, by one sweep", async () => {
    const sha = await local.commit("lost", { "a.txt": "1" });
    const number = await local.open("lost");
    await local.settle();
    local.github.setWebhook(local.appId, "http://127.0.0.1:9/");
    const next = await local.commit("lost", { "a.txt": "2" });
    await local.github.idle();
    const directory = await mkdtemp(join(tmpdir(), "modelsync-empty-"));
    await seedDataDirectory(directory);
    const read = parseEnvironment({ PORT: "0", GITHUB_API_URL: local.github.url, MODELSYNC_DATA_DIRECTORY: directory });
    if (read.kind !== "set-up") throw new Error("these are no settings");
    await local.restart({ settings: { ...read.settings, sweep: false } });
    await sweepNow(local);
    expect(await conclusions(sha)).toHaveLength(1);
    expect(await conclusions(next)).toEqual([["failure", expect.any(String)]]);
    expect(await local.comments(number)).toHaveLength(1);
    await local.restart();
    await rm(directory, { recursive: true });
  });
});
