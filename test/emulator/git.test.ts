import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Clone, commitFile, type Setting, startSetting, testedPull } from "./setting.ts";

let setting: Setting;
const clones: Clone[] = [];

beforeAll(async () => {
  setting = await startSetting();
});
afterAll(async () => {
  for (const clone of clones) await clone.remove();
  await setting.close();
});
afterEach(() => expect(setting.github.violations).toEqual([]));

async function cloneAs(token: string, fullName = "acme/demo"): Promise<Clone> {
  const clone = await Clone.of(setting.github.cloneUrl(fullName, token));
  clones.push(clone);
  return clone;
}

/** `event.action` of every delivery since the given number of them. */
function eventsSince(count: number): string[] {
  const deliveries = setting.github.deliveries().slice(count);
  return deliveries.map(({ event, action }) => (action ? `${event}.${action}` : event));
}

describe("git over HTTP", () => {
  it("gives a pushed branch its pull request, and a second push its synchronize", async () => {
    const { bob, demo, github, tokens } = setting;
    const clone = await cloneAs(tokens.bob);
    await clone.git("switch", "--quiet", "--create", "feature");
    const first = await clone.commit("Add a", { "data/a.csv": "x\n1\n" });
    await clone.git("push", "--quiet", "origin", "feature");
    const { data: pull } = await bob.pulls.create({ ...demo, title: "Add a", head: "feature", base: "main" });
    expect(pull.head.sha).toBe(first);

    const count = github.deliveries().length;
    const second = await clone.commit("Add b", { "data/b.csv": "x\n2\n" });
    await clone.git("push", "--quiet", "origin", "feature");
    expect(eventsSince(count).toSorted()).toEqual(["check_suite.requested", "pull_request.synchronize", "push"]);
    const synchronize = github.deliveries().findLast(({ action }) => action === "synchronize");
    expect(synchronize?.payload).toMatchObject({
      number: pull.number,
      before: first,
      after: second,
      pull_request: { head: { sha: second, ref: "feature" }, commits: 2, changed_files: 2 },
      sender: { login: "bob" },
      installation: { id: setting.installation },
    });
    const push = github.deliveries().findLast(({ event }) => event === "push");
    expect(push?.payload).toMatchObject({
      ref: "refs/heads/feature",
      before: first,
      after: second,
      forced: false,
      head_commit: { id: second, added: ["data/b.csv"], modified: [], removed: [] },
      pusher: { name: "bob" },
    });
    expect(await clone.git("ls-remote", "origin", `refs/pull/${pull.number}/head`)).toContain(second);
  });

  it("tells a force push from an ordinary one, and keeps the pull request", async () => {
    const { bob, demo, github, tokens } = setting;
    const clone = await cloneAs(tokens.bob);
    await clone.git("switch", "--quiet", "--create", "rewritten");
    await clone.commit("First", { "r.txt": "1\n" });
    await clone.git("push", "--quiet", "origin", "rewritten");
    const { data: pull } = await bob.pulls.create({ ...demo, title: "Rewritten", head: "rewritten", base: "main" });
    await clone.git("commit", "--quiet", "--amend", "--message", "Second");
    const sha = await clone.git("rev-parse", "HEAD");
    await clone.git("push", "--quiet", "--force", "origin", "rewritten");
    expect(github.deliveries().findLast(({ event }) => event === "push")?.payload.forced).toBe(true);
    expect((await bob.pulls.get({ ...demo, pull_number: pull.number })).data).toMatchObject({
      head: { sha },
      commits: 1,
      state: "open",
    });
  });

  it("announces branches that come and go, and closes the pull request of a deleted one", async () => {
    const { bob, demo, github, tokens } = setting;
    const clone = await cloneAs(tokens.bob);
    await clone.git("switch", "--quiet", "--create", "short-lived");
    await clone.commit("Live shortly", { "s.txt": "1\n" });
    const count = github.deliveries().length;
    await clone.git("push", "--quiet", "origin", "short-lived");
    expect(eventsSince(count)).toContain("create");
    const { data: pull } = await bob.pulls.create({ ...demo, title: "Short", head: "short-lived", base: "main" });
    await clone.git("push", "--quiet", "--delete", "origin", "short-lived");
    expect(eventsSince(count)).toEqual(expect.arrayContaining(["delete", "pull_request.closed"]));
    const { data } = await bob.pulls.get({ ...demo, pull_number: pull.number });
    expect({ state: data.state, merged: data.merged }).toEqual({ state: "closed", merged: false });
  });

  it("marks a pull request as merged when its head reaches the base by a push", async () => {
    const { ada, demo, tokens } = setting;
    const clone = await cloneAs(tokens.ada);
    await clone.git("switch", "--quiet", "--create", "by-hand");
    await clone.commit("By hand", { "h.txt": "1\n" });
    await clone.git("push", "--quiet", "origin", "by-hand");
    const { data: pull } = await ada.pulls.create({ ...demo, title: "By hand", head: "by-hand", base: "main" });
    await clone.git("switch", "--quiet", "main");
    await clone.git("merge", "--quiet", "--no-ff", "--message", "Merge by hand", "by-hand");
    await clone.git("push", "--quiet", "origin", "main");
    expect((await ada.pulls.get({ ...demo, pull_number: pull.number })).data.merged).toBe(true);
  });

  it.each([
    ["somebody without an account", "", "main", /Authentication|could not read Username|terminal prompts/i],
    ["a reader", "eve", "main", /403|Permission/i],
  ])("refuses the push of %s", async (_, who, branch, message) => {
    const { github, tokens } = setting;
    const clone = await cloneAs(tokens.ada);
    await clone.commit("No", { [`${who || "nobody"}.txt`]: "no\n" });
    const url = who === "eve" ? github.cloneUrl("acme/demo", tokens.eve) : `${github.url}/acme/demo.git`;
    await expect(clone.git("push", "--quiet", url, `HEAD:${branch}`)).rejects.toMatchObject({
      stderr: expect.stringMatching(message),
    });
  });

  const ada = { users: ["ada"], teams: [], apps: [] };
  type Push = (clone: Clone) => Promise<unknown>;
  const push: Push = (clone) => clone.git("push", "--quiet", "origin", "HEAD:shielded");
  const force: Push = (clone) => clone.git("push", "--quiet", "--force", "origin", "origin/main:shielded");
  const remove: Push = (clone) => clone.git("push", "--quiet", "--delete", "origin", "shielded");
  const merge: Push = async (clone) => {
    await clone.git("merge", "--quiet", "--no-ff", "--message", "Merge", "origin/sideways");
    await push(clone);
  };
  const closed = "Changes must be made through a pull request.";
  it.each<[string, object, Push, string | "taken"]>([
    ["wants reviews", { required_pull_request_reviews: {} }, push, closed],
    ["wants checks", { required_status_checks: { strict: false, contexts: ["gate"] } }, push, closed],
    ["is locked", { lock_branch: true }, push, closed],
    ["belongs to somebody else", { restrictions: ada }, push, closed],
    ["wants nothing", {}, push, "taken"],
    ["wants nothing", {}, force, "Cannot force-push to this branch."],
    ["wants nothing", {}, remove, "Cannot delete this branch."],
    ["allows force", { allow_force_pushes: true }, force, "taken"],
    ["allows deletion", { allow_deletions: true }, remove, "taken"],
    ["is linear", { required_linear_history: true }, push, "taken"],
    ["is linear", { required_linear_history: true }, merge, "This branch must not contain merge commits."],
  ])("holds a branch that %s to its rules %j", async (_, rules, act, outcome) => {
    const { ada: owner, demo, tokens } = setting;
    const clone = await cloneAs(tokens.bob);
    await clone.git("branch", "--quiet", "sideways");
    await clone.commit("Begin", { "shielded.txt": "1\n" });
    await clone.git("push", "--quiet", "--force", "origin", "HEAD:shielded");
    const none = { required_status_checks: null, required_pull_request_reviews: null, restrictions: null };
    await owner.repos.updateBranchProtection({ ...demo, branch: "shielded", enforce_admins: true, ...none, ...rules });
    await clone.git("switch", "--quiet", "sideways");
    await clone.commit("Beside", { "beside.txt": "1\n" });
    await clone.git("push", "--quiet", "--force", "origin", "sideways");
    await clone.git("switch", "--quiet", "main");
    await clone.commit("Directly", { "shielded.txt": "2\n" });
    const pushing = act(clone);
    if (outcome === "taken") await pushing;
    else {
      const stderr = expect.stringMatching(
        `GH006: Protected branch update failed for refs/heads/shielded.[^]*${outcome}`,
      );
      await expect(pushing).rejects.toMatchObject({ stderr });
    }
    await owner.repos.deleteBranchProtection({ ...demo, branch: "shielded" });
  });

  it("refuses a push to the refs of pull requests", async () => {
    const clone = await cloneAs(setting.tokens.ada);
    await expect(clone.git("push", "--quiet", "origin", "HEAD:refs/pull/1/head")).rejects.toMatchObject({
      stderr: expect.stringContaining("hidden ref"),
    });
  });

  it("gives out objects that REST made and git finds sound", async () => {
    const { bob, tokens } = setting;
    for (const path of ["sorted/a.txt", "sorted/a/b.txt", "sorted/a-b.txt", "sorted/ä/1.txt", "sorted/a/b.txt"]) {
      await commitFile(bob, "sorted", path, `${path}\n`);
    }
    const clone = await cloneAs(tokens.bob);
    await clone.git("switch", "--quiet", "sorted");
    await clone.git("fsck", "--strict", "--no-dangling");
    const names = await clone.git("-c", "core.quotePath=false", "ls-files", "sorted");
    expect(names.split("\n")).toEqual(["sorted/a-b.txt", "sorted/a.txt", "sorted/a/b.txt", "sorted/ä/1.txt"]);
  });

  it("hides a private repository from strangers and shows it to its App", async () => {
    const { github, tokens, checker } = setting;
    await github.createRepository({ owner: "acme", name: "secret", private: true, autoInit: true });
    await expect(cloneAs(tokens.eve, "acme/secret")).rejects.toMatchObject({
      stderr: expect.stringContaining("not found"),
    });
    const { token } = (await checker.auth()) as { token: string };
    const clone = await cloneAs(token, "acme/secret");
    expect(await clone.git("ls-files")).toBe("README.md");
  });
});

describe("a pull request from a fork", () => {
  it("keeps its commits in the base repository, also when the fork is deleted", async () => {
    const { ada, bob, eve, demo, github, tokens } = setting;
    const { data: fork } = await eve.repos.createFork(demo);
    expect(fork.full_name).toBe("eve/demo");
    const clone = await cloneAs(tokens.eve, "eve/demo");
    await clone.git("switch", "--quiet", "--create", "gift");
    const sha = await clone.commit("Give", { "gift.txt": "1\n" });
    await clone.git("push", "--quiet", "origin", "gift");
    const { data: pull } = await eve.pulls.create({ ...demo, title: "A gift", head: "eve:gift", base: "main" });
    expect(pull).toMatchObject({ head: { sha, label: "eve:gift", repo: { full_name: "eve/demo" } }, mergeable: null });
    expect((await testedPull(eve, pull.number)).mergeable).toBe(true);

    const second = await clone.commit("Give more", { "gift.txt": "2\n" });
    await clone.git("push", "--quiet", "origin", "gift");
    const before = (await ada.pulls.get({ ...demo, pull_number: pull.number })).data;
    expect(before.head.sha).toBe(second);

    await github.deleteRepository("eve/demo");
    const { data: orphan } = await ada.pulls.get({ ...demo, pull_number: pull.number });
    expect(orphan).toMatchObject({ state: "open", head: { sha: second, repo: null } });
    const { data: tree } = await ada.git.getTree({ ...demo, tree_sha: second });
    expect(tree.tree.map(({ path }) => path)).toContain("gift.txt");
    expect((await bob.pulls.merge({ ...demo, pull_number: pull.number })).data.merged).toBe(true);
  });
});
