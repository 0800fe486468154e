import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { soon } from "../support/soon.ts";

let local: LocalApp;
let rounds = 0;

beforeAll(async () => {
  local = await startLocalApp();
  await local.requireCheck();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

/** Two branches with one commit. */
async function oneCommit(): Promise<{ sha: string; branches: [string, string] }> {
  rounds += 1;
  const branches: [string, string] = [`one-${rounds}`, `other-${rounds}`];
  const sha = await local.commit(branches[0], { [`twins/${rounds}.txt`]: "hello" });
  await local.ada.rest.git.createRef({ ...local.repository, ref: `refs/heads/${branches[1]}`, sha });
  return { sha, branches };
}

/** GitHub lists the newest first. */
const newest = async (sha: string) => (await local.checkRuns(sha))[0];
const merge = (number: number) =>
  local.ada.rest.pulls.merge({ ...local.repository, pull_number: number }).then(
    ({ data }) => data.merged,
    ({ status }) => status,
  );
const edit = (number: number, fields: object) =>
  local.ada.rest.pulls.update({ ...local.repository, pull_number: number, ...fields });
const heading = async (number: number) => {
  const comments = await local.comments(number);
  return comments.map(({ body }) => body?.split("\n").find((line) => line.startsWith("#")));
};

it("many pull requests of one commit that close at once are all stored", async () => {
  const { sha, branches } = await oneCommit();
  const more = branches.concat(["more-1", "more-2", "more-3", "more-4"]);
  for (const branch of more.slice(2)) {
    await local.ada.rest.git.createRef({ ...local.repository, ref: `refs/heads/${branch}`, sha });
  }
  const numbers: number[] = [];
  for (const branch of more) numbers.push(await local.open(branch));
  await local.settle();
  await Promise.all(numbers.map((number) => edit(number, { state: "closed" })));
  await local.settle();
  const closed = local.github.deliveries().filter(({ action }) => action === "closed");
  expect(closed.map(({ statusCode }) => statusCode)).toEqual(numbers.map(() => 200));
  expect(local.lines.filter((line) => line.includes("deadlock"))).toEqual([]);
});

describe("two pull requests of one commit, of which one fails", () => {
  it.each([
    ["the failing one first", 0],
    ["the passing one first", 1],
    ["both at once", 2],
  ])("can't be merged while both are open: %s", async (_, order) => {
    const { sha, branches } = await oneCommit();
    const body = `Closes #${await local.issue()}`;
    const openBad = () => local.open(branches[0]);
    const openGood = () => local.open(branches[1], { body });
    const [bad, good] =
      order === 2
        ? await Promise.all([openBad(), openGood()])
        : order === 0
          ? [await openBad(), await openGood()]
          : await openGood().then(async (number) => [await openBad(), number]);
    await local.settle();
    await local.app.runNow("sweep");
    await local.app.runNow("reconcile");
    await local.settle();
    expect(await newest(sha)).toMatchObject({ status: "completed", conclusion: "failure" });
    expect([await merge(bad!), await merge(good!)]).toEqual([405, 405]);
    expect(await heading(good!)).toEqual([`### ✗ ModelSync: #${bad} with the same commit needs attention`]);
    await edit(bad!, { state: "closed" });
    await local.settle();
    expect(await newest(sha)).toMatchObject({ status: "completed", conclusion: "success" });
    expect(await heading(good!)).toEqual([expect.stringContaining("✓ ModelSync:")]);
    expect(await merge(good!)).toBe(true);
    await local.settle();
  });

  it.each<[string, (bad: number, branch: string) => Promise<unknown>]>([
    ["is repaired", async (bad) => edit(bad, { body: `Closes #${await local.issue()}` })],
    ["gets a new commit", (_, branch) => local.commit(branch, { "twins/more.txt": branch })],
    ["gets another base branch", async (bad) => edit(bad, { base: "elsewhere" })],
  ])("turns the other one green by itself when the failing one %s", async (_, act) => {
    await local.ada.rest.git
      .createRef({
        ...local.repository,
        ref: "refs/heads/elsewhere",
        sha: (await local.ada.rest.git.getRef({ ...local.repository, ref: "heads/main" })).data.object.sha,
      })
      .catch(() => {});
    const { sha, branches } = await oneCommit();
    const bad = await local.open(branches[0]);
    const good = await local.open(branches[1], { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(sha)).toMatchObject({ conclusion: "failure" });
    await act(bad, branches[0]);
    await local.settle();
    const runs = (await local.checkRuns(sha)).filter(({ name }) => name === "ModelSync: main");
    expect(runs[0]).toMatchObject({ status: "completed", conclusion: "success" });
    expect(await heading(good)).toEqual([expect.stringContaining("✓ ModelSync:")]);
    for (const number of [bad, good]) await edit(number, { state: "closed" });
    await local.settle();
  });

  it("is told by the comment of the other one, too, when that was written before the verdict", async () => {
    const { sha, branches } = await oneCommit();
    const bad = await local.open(branches[0]);
    await local.settle();
    const good = await local.open(branches[1], { body: `Closes #${await local.issue()}` });
    await local.settle();
    const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    local.beforeNextReview(() => {
      reached.resolve();
      return opened.promise;
    });
    await edit(bad, { title: "Judged for long" });
    await reached.promise;
    await edit(good, { title: "Judged meanwhile" });
    await vi.waitFor(async () => expect(await heading(good)).toEqual([expect.stringContaining("✓")]), soon);
    expect(await newest(sha)).toMatchObject({ status: "in_progress" });
    opened.resolve();
    await local.settle();
    expect(await newest(sha)).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(await heading(good)).toEqual([`### ✗ ModelSync: #${bad} with the same commit needs attention`]);
    for (const number of [bad, good]) await edit(number, { state: "closed" });
    await local.settle();
  });

  it("speaks for itself again when the other one, which spoke of it, is closed", async () => {
    const { sha, branches } = await oneCommit();
    const bad = await local.open(branches[0]);
    await local.settle();
    const own = (await newest(sha))!;
    const good = await local.open(branches[1], { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(sha)).toMatchObject({ title: `#${bad} with the same commit fails` });
    await edit(good, { state: "closed" });
    await local.settle();
    expect(await newest(sha)).toEqual(own);
    await edit(bad, { state: "closed" });
    await local.settle();
  });

  it("turns the other one green although only the reconciliation finds that it has another commit", async () => {
    const { sha, branches } = await oneCommit();
    const bad = await local.open(branches[0]);
    const good = await local.open(branches[1], { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(sha)).toMatchObject({ conclusion: "failure" });
    for (const event of ["push", "pull_request"]) local.github.addWebhookFault({ event, effect: "drop" });
    await local.commit(branches[0], { "twins/unheard.txt": branches[0] });
    await local.app.runNow("reconcile");
    await local.settle();
    expect(await newest(sha)).toMatchObject({ status: "completed", conclusion: "success" });
    expect(await heading(good)).toEqual([expect.stringContaining("✓ ModelSync:")]);
    for (const number of [bad, good]) await edit(number, { state: "closed" });
    await local.settle();
  });

  it("turns the other one green although it was closed while the App was suspended", async () => {
    const { sha, branches } = await oneCommit();
    const bad = await local.open(branches[0]);
    const good = await local.open(branches[1], { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(sha)).toMatchObject({ conclusion: "failure" });
    local.github.suspendInstallation(local.installationId);
    await edit(bad, { state: "closed" });
    local.github.suspendInstallation(local.installationId, false);
    await local.settle();
    expect(await newest(sha)).toMatchObject({ status: "completed", conclusion: "success" });
    await edit(good, { state: "closed" });
    await local.settle();
  });
});

describe("a failing pull request of the same commit from a fork", () => {
  it.each<[string, "pull" | "push" | null, boolean]>([
    ["by a stranger changes nobody else's check", null, true],
    ["by somebody who may only read changes nobody else's check", "pull", true],
    ["by somebody who may write fails for both", "push", false],
  ])("%s", async (_, permission, passes) => {
    const login = `eve-${permission ?? "stranger"}`;
    const hers = new Octokit({ auth: local.github.createUser(login), baseUrl: local.github.url });
    if (permission !== null) {
      await local.ada.rest.repos.addCollaborator({ ...local.repository, username: login, permission });
      await acceptInvitations(hers);
    }
    const { sha, branches } = await oneCommit();
    const good = await local.open(branches[1], { body: `Closes #${await local.issue()}` });
    await local.settle();
    await hers.rest.repos.createFork({ ...local.repository });
    await hers.rest.git.createRef({ owner: login, repo: "income", ref: "refs/heads/copy", sha }).catch(() => {});
    const bad = await hers.rest.pulls.create({
      ...{ ...local.repository, head: `${login}:copy`, base: "main", title: "A copy" },
    });
    await local.settle();
    expect(await newest(sha)).toMatchObject({ status: "completed", conclusion: passes ? "success" : "failure" });
    const copied = (await local.comments(bad.data.number))[0]?.body ?? "";
    expect(copied.includes(`The check of this commit belongs to #${good}`)).toBe(passes);
    expect(await merge(good)).toBe(passes ? true : 405);
    for (const number of [good, bad.data.number]) await edit(number, { state: "closed" }).catch(() => {});
    await local.settle();
  });
});

async function acceptInvitations(octokit: Octokit): Promise<void> {
  const { data } = await octokit.rest.repos.listInvitationsForAuthenticatedUser();
  for (const { id } of data) await octokit.rest.repos.acceptInvitationForAuthenticatedUser({ invitation_id: id });
}
