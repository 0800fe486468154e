import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalApp, policyText, startLocalApp } from "../support/local-app.ts";

let local: LocalApp;
let branches = 0;

beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const policyFile = ".github/modelsync.yml";
const laxPolicy = "version: 1\nmodels: []\n";

/** A base branch with a policy, into which only the check of this App for this very branch lets anything. */
async function protectedBase(branch: string, policy: string): Promise<void> {
  await local.commit(branch, { [policyFile]: policy, "notes/base.txt": branch });
  await local.requireCheck(branch);
}

/** A branch off `base` with one new file, and a pull request from it that links no issue. */
async function pullRequest(base: string): Promise<{ branch: string; number: number; sha: string }> {
  branches += 1;
  const branch = `feature/ä-${branches}`;
  const { data } = await local.ada.rest.git.getRef({ ...local.repository, ref: `heads/${base}` });
  await local.ada.rest.git.createRef({ ...local.repository, ref: `refs/heads/${branch}`, sha: data.object.sha });
  const sha = await local.commit(branch, { [`notes/${branches}.txt`]: "hello" });
  const number = await local.open(branch, { base });
  await local.settle();
  return { branch, number, sha };
}

async function edit(number: number, fields: { body?: string; base?: string }): Promise<void> {
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, ...fields });
  await local.settle();
}

/** The newest of our check runs on a commit of each name, as `name: conclusion`. */
async function verdicts(sha: string): Promise<string[]> {
  const oldestFirst = (await local.checkRuns(sha)).toReversed();
  const newest = new Map(oldestFirst.map(({ name, conclusion }) => [name, `${name}: ${conclusion}`]));
  return [...newest.values()].sort();
}

/** `merged`, or GitHub's refusal. */
async function merge(number: number): Promise<string> {
  const merging = local.ada.rest.pulls.merge({ ...local.repository, pull_number: number });
  return merging.then(
    ({ data }) => (data.merged ? "merged" : data.message),
    ({ response }) => response.data.message as string,
  );
}

describe.each(["release/ü-😀", "release/2026/q1/hotfix", "50%25&x`y$(id)<b>'"])("the base branch %j", (base) => {
  beforeAll(() => protectedBase(base, policyText));

  it("lets a pull request in only after its own check run passed", async () => {
    const { number, sha } = await pullRequest(base);
    expect(await verdicts(sha)).toEqual([`ModelSync: ${base}: failure`]);
    expect(await merge(number)).toBe(`Required status check "ModelSync: ${base}" is failing.`);
    await edit(number, { body: `Closes #${await local.issue()}` });
    expect(await verdicts(sha)).toEqual([`ModelSync: ${base}: success`]);
    expect(await merge(number)).toBe("merged");
  });

  it("has its pull requests judged again by the policy that is pushed to it", async () => {
    const { number, sha } = await pullRequest(base);
    await local.ada.rest.repos.deleteBranchProtection({ ...local.repository, branch: base });
    await local.commit(base, { [policyFile]: laxPolicy });
    await local.settle();
    expect(await verdicts(sha)).toEqual([`ModelSync: ${base}: success`]);
    expect(await merge(number)).toBe("merged");
  });
});

describe("a pull request that moves between two protected bases", () => {
  it("is let into each by that base's verdict alone", async () => {
    await protectedBase("lax/ß", laxPolicy);
    await protectedBase("strict/ß", policyText);
    const { number, sha } = await pullRequest("lax/ß");
    expect(await verdicts(sha)).toEqual(["ModelSync: lax/ß: success"]);
    await edit(number, { base: "strict/ß" });
    expect(await verdicts(sha)).toEqual(["ModelSync: lax/ß: success", "ModelSync: strict/ß: failure"]);
    expect(await merge(number)).toBe('Required status check "ModelSync: strict/ß" is failing.');
    await edit(number, { base: "lax/ß" });
    expect(await merge(number)).toBe("merged");
  });
});

describe("a head without common history", () => {
  it("fails with the reason when it is pushed over a branch that had one, and passes once it is taken back", async () => {
    await protectedBase("stable", laxPolicy);
    const { branch, number, sha } = await pullRequest("stable");
    const { git } = local.ada.rest;
    const { data: tree } = await git.getCommit({ ...local.repository, commit_sha: sha });
    const { data: orphan } = await git.createCommit({
      ...{ ...local.repository, message: "Begin anew", tree: tree.tree.sha, parents: [] },
    });
    await git.updateRef({ ...local.repository, ref: `heads/${branch}`, sha: orphan.sha, force: true });
    await local.settle();
    expect(await local.checkRuns(orphan.sha)).toEqual([
      {
        name: "ModelSync: stable",
        status: "completed",
        conclusion: "failure",
        title: expect.stringContaining("history"),
      },
    ]);
    expect(await merge(number)).toBe('Required status check "ModelSync: stable" is failing.');
    await git.updateRef({ ...local.repository, ref: `heads/${branch}`, sha, force: true });
    await local.settle();
    expect(await merge(number)).toBe("merged");
  });
});
