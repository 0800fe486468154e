import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Clone, commitFile, openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
  await setting.github.createRepository({ owner: "acme", name: "other", autoInit: true });
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

async function newIssue(repo = "demo"): Promise<number> {
  const { data } = await setting.ada.issues.create({ owner: "acme", repo, title: "A problem" });
  return data.number;
}

/** What became of an issue, and who closed it. */
async function stateOf(number: number, repo = "demo") {
  const { data } = await setting.ada.issues.get({ owner: "acme", repo, issue_number: number });
  return [data.state, data.state_reason, data.closed_by?.login];
}

/** `event.action` of what was told since there were so many deliveries. */
function eventsSince(count: number): string[] {
  const deliveries = setting.github.deliveries().slice(count);
  return deliveries.map(({ event, action }) => (action ? `${event}.${action}` : event));
}

const closed = ["closed", "completed", "bob"];
const open = ["open", null, undefined];
type Ways = (setting: Setting, branch: string, message: string) => Promise<unknown>;

const merging =
  (method: "merge" | "squash" | "rebase", more: object = {}): Ways =>
  async ({ bob, demo }, branch, message) => {
    await commitFile(bob, branch, `${branch}.txt`, "1\n", message);
    const { data } = await bob.pulls.create({ ...demo, title: "Change", head: branch, base: "main" });
    await bob.pulls.merge({ ...demo, pull_number: data.number, merge_method: method, ...more });
  };

describe("a keyword in a commit", () => {
  it.each<[string, Ways, unknown[]]>([
    [
      "a direct change of the default branch",
      ({ bob }, name, message) => commitFile(bob, "main", name, "1\n", message),
      closed,
    ],
    ["a change of another branch", ({ bob }, name, message) => commitFile(bob, name, name, "1\n", message), open],
    ["a merge", merging("merge"), closed],
    ["a rebase", merging("rebase"), closed],
    ["a squash with its own words", merging("squash"), closed],
    ["a squash with other words", merging("squash", { commit_title: "Change", commit_message: "" }), open],
  ])("that comes by %s", async (title, bring, expected) => {
    const number = await newIssue();
    await bring(setting, title.replaceAll(" ", "-"), `Change it\n\nFixes #${number}`);
    expect(await stateOf(number)).toEqual(expected);
  });

  it("closes when git pushes it, with one event for each issue", async () => {
    const [one, two] = [await newIssue(), await newIssue()];
    const clone = await Clone.of(setting.github.cloneUrl("acme/demo", setting.tokens.bob));
    await clone.commit(`Resolve #${one}`, { "pushed.txt": "1\n" });
    await clone.commit(`Fix: GH-${two}, closes #${one}`, { "pushed.txt": "2\n" });
    const count = setting.github.deliveries().length;
    await clone.git("push", "--quiet", "origin", "main");
    await clone.remove();
    expect([await stateOf(one), await stateOf(two)]).toEqual([closed, closed]);
    expect(eventsSince(count)).toEqual(["push", "check_suite.requested", "issues.closed", "issues.closed"]);
  });

  it("counts in a squash title that somebody chose", async () => {
    const number = await newIssue();
    await merging("squash", { commit_title: `Fix #${number}` })(setting, "titled", "No keyword");
    expect(await stateOf(number)).toEqual(closed);
  });

  it("counts once the commits reach the default branch, also through another branch", async () => {
    const { ada, bob, demo } = setting;
    const number = await newIssue();
    const { data: main } = await ada.git.getRef({ ...demo, ref: "heads/main" });
    await ada.git.createRef({ ...demo, ref: "refs/heads/next", sha: main.object.sha });
    await commitFile(bob, "next", "next.txt", "1\n", `Closes #${number}`);
    expect(await stateOf(number)).toEqual(open);
    const { data } = await bob.pulls.create({ ...demo, title: "Next", head: "next", base: "main" });
    await bob.pulls.merge({ ...demo, pull_number: data.number });
    expect(await stateOf(number)).toEqual(closed);
  });

  it("of another repository takes somebody who may write there", async () => {
    const { ada, bob } = setting;
    const number = await newIssue("other");
    await commitFile(bob, "main", "by-bob.txt", "1\n", `Fixes acme/other#${number}`);
    expect(await stateOf(number, "other")).toEqual(open);
    await commitFile(ada, "main", "by-ada.txt", "1\n", `Fixes acme/other#${number}`);
    expect(await stateOf(number, "other")).toEqual(["closed", "completed", "ada"]);
  });
});

describe("a keyword in the text of a pull request", () => {
  it.each<[string, (number: number) => string, unknown[]]>([
    ["a plain sentence", (number) => `This fixes #${number}.`, closed],
    ["an address of this GitHub", (number) => `Fixes ${setting.github.url}/acme/demo/issues/${number}`, closed],
    ["an address of another GitHub", (number) => `Fixes https://github.com/acme/demo/issues/${number}`, open],
    ["code", (number) => `\`fixes #${number}\``, open],
    ["another word", (number) => `Fixing #${number}`, open],
  ])("in %s", async (title, write, expected) => {
    const number = await newIssue();
    const pull = await openPull(setting, `text-${title.replaceAll(" ", "-")}`, { body: write(number) });
    await setting.bob.pulls.merge({ ...setting.demo, pull_number: pull.number });
    expect(await stateOf(number)).toEqual(expected);
  });

  it("closes when the head reaches the base by a push", async () => {
    const { ada, demo } = setting;
    const number = await newIssue();
    const pull = await openPull(setting, "by-push", { body: `Fixes #${number}` });
    const count = setting.github.deliveries().length;
    const clone = await Clone.of(setting.github.cloneUrl("acme/demo", setting.tokens.bob));
    await clone.git("merge", "--quiet", "--no-ff", "--message", "Merge by hand", "origin/by-push");
    await clone.git("push", "--quiet", "origin", "main");
    await clone.remove();
    const { data } = await ada.pulls.get({ ...demo, pull_number: pull.number });
    expect(data).toMatchObject({ merged: true });
    expect(await stateOf(number)).toEqual(closed);
    expect(eventsSince(count)).toContain("issues.closed");
  });
});

describe("the words of a squash commit", () => {
  const message = async (sha: string) => (await setting.ada.git.getCommit({ ...setting.demo, commit_sha: sha })).data;
  const squash = async (branch: string) => {
    const { bob, ada, demo } = setting;
    const { data } = await bob.pulls.create({ ...demo, title: `All of ${branch}`, head: branch, base: "main" });
    const target = { ...demo, pull_number: data.number, merge_method: "squash" } as const;
    return { number: data.number, commit: await message((await ada.pulls.merge(target)).data.sha) };
  };

  it("of one commit are its own, and its author is who opened the pull request", async () => {
    await commitFile(setting.bob, "alone", "alone.txt", "1\n", "Change alone\n\nBecause.");
    const { number, commit } = await squash("alone");
    expect([commit.message, commit.author.name, commit.committer.name]).toEqual([
      `Change alone (#${number})\n\nBecause.`,
      "bob",
      "ada",
    ]);
  });

  it("of several are the title and a list, with whoever else wrote them", async () => {
    await commitFile(setting.bob, "several", "one.txt", "1\n", "Change one\n\nBecause.");
    await commitFile(setting.ada, "several", "two.txt", "2\n", "Change two");
    const { number, commit } = await squash("several");
    expect(commit.message).toBe(
      `All of several (#${number})\n\n* Change one\n\nBecause.\n\n* Change two\n\n---------\n\nCo-authored-by: ada <ada@users.noreply.localhost>`,
    );
  });
});
