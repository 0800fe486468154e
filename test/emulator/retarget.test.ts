import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Clone, commitFile, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

type Way = (setting: Setting, first: number, branch: string) => Promise<unknown>;
const merge: Way = ({ bob, demo }, first) => bob.pulls.merge({ ...demo, pull_number: first });

const byButton: Way = async (where, first, branch) => {
  await merge(where, first, branch);
  await where.github.deleteHeadBranch("acme/demo", first, "bob");
};
const bySetting: Way = async (where, first, branch) => {
  await where.ada.repos.update({ ...where.demo, delete_branch_on_merge: true });
  await merge(where, first, branch);
  await where.ada.repos.update({ ...where.demo, delete_branch_on_merge: false });
};
const byRest: Way = async (where, first, branch) => {
  await merge(where, first, branch);
  await where.bob.git.deleteRef({ ...where.demo, ref: `heads/${branch}` });
};
const byGit: Way = async (where, first, branch) => {
  await merge(where, first, branch);
  const clone = await Clone.of(where.github.cloneUrl("acme/demo", where.tokens.bob));
  await clone.git("push", "--quiet", "--delete", "origin", branch);
  await clone.remove();
};
const unmerged: Way = ({ bob, demo }, _, branch) => bob.git.deleteRef({ ...demo, ref: `heads/${branch}` });

describe("a pull request whose base branch is deleted", () => {
  it.each<[string, Way, "open" | "closed", string, string[]]>([
    ["by the button of the merged pull request", byButton, "open", "main", ["edited"]],
    ["by the setting of the repository", bySetting, "open", "main", ["edited"]],
    ["by REST after the merge", byRest, "closed", "lower", ["closed"]],
    ["by git after the merge", byGit, "closed", "lower", ["closed"]],
    ["without a merge", unmerged, "closed", "lower", ["closed"]],
  ])("%s", async (title, remove, state, base, actions) => {
    const { bob, demo, github } = setting;
    const lower = `lower-${title.replaceAll(" ", "-")}`;
    const first = await openPull(setting, lower);
    const { data: ref } = await bob.git.getRef({ ...demo, ref: `heads/${lower}` });
    const upper = `upper-${lower}`;
    await bob.git.createRef({ ...demo, ref: `refs/heads/${upper}`, sha: ref.object.sha });
    await commitFile(bob, upper, `${upper}.txt`, "1\n");
    const { data: second } = await bob.pulls.create({ ...demo, title: "Second", head: upper, base: lower });
    const count = github.deliveries().length;
    await remove(setting, first.number, lower);
    const { data } = await bob.pulls.get({ ...demo, pull_number: second.number });
    expect([data.state, data.base.ref]).toEqual([state, base === "lower" ? lower : base]);
    const told = github
      .deliveries()
      .slice(count)
      .filter(({ event, payload }) => event === "pull_request" && payload.number === second.number);
    expect(told.map(({ action }) => action)).toEqual(actions);
    if (state === "open") {
      expect(told[0]?.payload.changes).toEqual({ base: { ref: { from: lower }, sha: { from: second.base.sha } } });
      expect(data.commits).toBe(1);
    }
    const gone = bob.git.getRef({ ...demo, ref: `heads/${lower}` });
    expect((await refusal(gone)).status).toBe(404);
  });
});

describe("the settings of merging", () => {
  it("offer the ways that a merge may take, at least one", async () => {
    const { ada, bob, demo } = setting;
    const { data } = await ada.repos.update({ ...demo, allow_merge_commit: false, allow_rebase_merge: false });
    expect([data.allow_merge_commit, data.allow_squash_merge, data.allow_rebase_merge]).toEqual([false, true, false]);
    const pull = await openPull(setting, "one-way");
    const merging = (merge_method: "merge" | "squash" | "rebase") =>
      bob.pulls.merge({ ...demo, pull_number: pull.number, merge_method });
    expect(await refusal(merging("merge"))).toEqual({
      status: 405,
      message: "Merge commits are not allowed on this repository.",
    });
    expect(await refusal(merging("rebase"))).toMatchObject({
      message: "Rebase merges are not allowed on this repository.",
    });
    expect((await refusal(ada.repos.update({ ...demo, allow_squash_merge: false }))).status).toBe(422);
    expect((await merging("squash")).data.merged).toBe(true);
  });
});
