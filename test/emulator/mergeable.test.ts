import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Clone, commitFile, openPull, type Setting, startSetting, testedPull } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

type Pull = Awaited<ReturnType<typeof testedPull>>;
const shown = ({ mergeable, rebaseable, mergeable_state }: Pull) => [mergeable, rebaseable, mergeable_state];
const unknown = [null, null, "unknown"];

async function read(number: number): Promise<Pull> {
  return (await setting.bob.pulls.get({ ...setting.demo, pull_number: number })).data;
}

describe("whether a pull request can be merged", () => {
  it("is not known to who asks first, nor in the events, and again when a side moves", async () => {
    const { ada, bob, demo, github } = setting;
    const opened = await openPull(setting, "asked-for");
    const event = github.deliveries().findLast(({ action }) => action === "opened");
    expect([shown(opened), shown(event?.payload.pull_request as Pull)]).toEqual([unknown, unknown]);
    expect(shown(await read(opened.number))).toEqual([true, true, "clean"]);
    await commitFile(bob, "asked-for", "more.txt", "1\n");
    const synchronized = github.deliveries().findLast(({ action }) => action === "synchronize");
    expect(shown(synchronized?.payload.pull_request as Pull)).toEqual(unknown);
    expect([shown(await read(opened.number)), shown(await read(opened.number))]).toEqual([
      unknown,
      [true, true, "clean"],
    ]);
    await commitFile(ada, "main", "asked-for-base.txt", "1\n");
    expect([shown(await read(opened.number)), shown(await read(opened.number))]).toEqual([
      unknown,
      [true, true, "clean"],
    ]);
    await bob.issues.addLabels({ ...demo, issue_number: opened.number, labels: ["data"] });
    const labeled = github.deliveries().findLast(({ action }) => action === "labeled");
    expect(shown(labeled?.payload.pull_request as Pull)).toEqual([true, true, "clean"]);
  });

  it("is not known once it is closed", async () => {
    const { bob, demo } = setting;
    const { number } = await openPull(setting, "closed-soon");
    await testedPull(bob, number);
    await bob.pulls.update({ ...demo, pull_number: number, state: "closed" });
    expect(shown(await read(number))).toEqual(unknown);
  });
});

describe("the test merge", () => {
  it("stands at refs/pull/N/merge, follows both sides, and stays as it was after a conflict", async () => {
    const { ada, bob, demo, github, tokens } = setting;
    const opened = await openPull(setting, "tried");
    expect(opened.merge_commit_sha).toBeNull();
    const tried = async () => {
      const pull = await testedPull(bob, opened.number);
      const sha = pull.merge_commit_sha!;
      const { data } = await ada.git.getCommit({ ...demo, commit_sha: sha });
      const { data: ref } = await ada.git.getRef({ ...demo, ref: `pull/${opened.number}/merge` });
      expect(ref.object.sha).toBe(sha);
      return { sha, parents: data.parents.map((parent) => parent.sha) };
    };
    const tip = async () => (await ada.git.getRef({ ...demo, ref: "heads/main" })).data.object.sha;
    const first = await tried();
    expect(first.parents).toEqual([await tip(), opened.head.sha]);
    const head = await commitFile(bob, "tried", "tried.txt", "theirs\n");
    const second = await tried();
    expect(second.parents).toEqual([await tip(), head]);
    await commitFile(ada, "main", "tried.txt", "ours\n");
    const dirty = await testedPull(bob, opened.number);
    expect([dirty.mergeable, dirty.mergeable_state, dirty.merge_commit_sha]).toEqual([false, "dirty", second.sha]);
    const clone = await Clone.of(github.cloneUrl("acme/demo", tokens.bob));
    expect(await clone.git("ls-remote", "origin", `refs/pull/${opened.number}/*`)).toBe(
      `${head}\trefs/pull/${opened.number}/head\n${second.sha}\trefs/pull/${opened.number}/merge`,
    );
    await clone.remove();
  });

  it("gives way to the commit of the merge", async () => {
    const { bob, demo } = setting;
    const { number } = await openPull(setting, "merged-for-real");
    const { merge_commit_sha: tried } = await testedPull(bob, number);
    const { data } = await bob.pulls.merge({ ...demo, pull_number: number, merge_method: "squash" });
    expect((await read(number)).merge_commit_sha).toBe(data.sha);
    expect(tried).not.toBe(data.sha);
  });

  it("is told by GraphQL in the same way", async () => {
    const { checker } = setting;
    const { number } = await openPull(setting, "by-graphql");
    const query = `query($number: Int!) { repository(owner: "acme", name: "demo") { pullRequest(number: $number) {
      mergeable mergeStateStatus potentialMergeCommit { parents(first: 2) { totalCount } } } } }`;
    interface Found {
      repository: { pullRequest: unknown };
    }
    await commitFile(setting.bob, "by-graphql", "more.txt", "1\n");
    const ask = async () => (await checker.graphql<Found>(query, { number })).repository.pullRequest;
    expect(await ask()).toEqual({ mergeable: "UNKNOWN", mergeStateStatus: "UNKNOWN", potentialMergeCommit: null });
    expect(await ask()).toEqual({
      mergeable: "MERGEABLE",
      mergeStateStatus: "CLEAN",
      potentialMergeCommit: { parents: { totalCount: 2 } },
    });
  });
});
