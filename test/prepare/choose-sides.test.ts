import { afterAll, beforeAll, expect, it } from "vitest";
import { estimators } from "../../pipeline/models/registry.ts";
import { type Merged, toMovedBase } from "../../src/facts/moved-base.ts";
import { type LocalRepository, openRepository } from "../../src/git/repository.ts";
import { chooseSides } from "../../src/prepare/choose-sides.ts";
import { temporaryFolder } from "../../src/prepare/temporary-folder.ts";
import { aModelPolicy } from "../support/facts.ts";
import { type Content, GitRepository } from "../support/git-repository.ts";

let git: GitRepository;
let repository: LocalRepository;
let start: string;

const experiment = (data: string, more = "") => `data: ${data}\ntarget: y\n${more}`;
const first = experiment("d/one.csv");

beforeAll(async () => {
  git = new GitRepository();
  start = git.commit({
    "m.yml": first,
    "d/one.csv": "x,y\n1,a\n",
    "d/two.csv": "x,y\n2,a\n",
    "pinned.csv": "x,y\n1,a\n",
    "README.md": "one\n",
  });
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  repository = opened.value;
});
afterAll(() => git[Symbol.dispose]());

let branches = 0;
function commitOn(files: Record<string, Content>): string {
  branches += 1;
  git.branch(`b${branches}`, start);
  return git.commit(files);
}

type Files = Record<string, Content>;
const model = aModelPolicy({ experiment: "m.yml" });
const pinned = { ...model, drift: { ...model.drift, reference: "pinned.csv" } };

/** What is compared with what, and what is wrong with the head; `merges`: how often a merge was asked for. */
async function sides(main: Files, branch: Files, { policy = model, instead = null as Merged | null } = {}) {
  const [tip, head] = [commitOn(main), commitOn(branch)];
  await using folder = await temporaryFolder("modelsync-test-");
  let merges = 0;
  const merge = async () => {
    merges += 1;
    return instead ?? repository.merge(tip, head, folder.path);
  };
  const [before, after] = [repository.snapshot(start), repository.snapshot(tip)];
  const movedBase = toMovedBase("main", before, after, merge);
  const change = { base: before, head: repository.snapshot(head), movedBase };
  const chosen = await chooseSides(policy, change, estimators);
  await chooseSides(policy, change, estimators);
  const names = new Map([
    [start, "start"],
    [tip, "tip"],
    [head, "head"],
  ]);
  const name = (commit: string) => names.get(commit) ?? "merge";
  const [left, right] = chosen.prepared;
  return {
    compared: [name(left.commit), name(right.commit)],
    data: right.state === "ready" ? right.data.files.map(({ path }) => path) : right.state,
    merges,
  };
}

const usual = (data: unknown = ["d/one.csv"]) => ({ compared: ["start", "head"], data, merges: 0 });
const merge = (data: unknown) => ({ compared: ["tip", "merge"], data, merges: 1 });

it.each<[string, Files, Files, unknown]>([
  ["main changed what no model reads", { "README.md": "two\n" }, { "d/one.csv": "x,y\n3,b\n" }, usual()],
  ["main changed data that nobody reads", { "d/two.csv": "x,y\n" }, { "d/one.csv": "x,y\n3,b\n" }, usual()],
  [
    "main changed the experiment to data that the branch changed",
    { "m.yml": experiment("d/two.csv") },
    { "d/two.csv": "x,y\n3,b\n" },
    merge(["d/two.csv"]),
  ],
  [
    "main changed the data",
    { "d/one.csv": "x,y\n3,b\n" },
    { "m.yml": experiment("d/one.csv", "key: x\n") },
    merge(["d/one.csv"]),
  ],
  [
    "main changed data that only the branch reads",
    { "d/two.csv": "x,y\n3,b\n" },
    { "m.yml": experiment("d/two.csv") },
    merge(["d/two.csv"]),
  ],
  [
    "main added data that only the branch reads",
    { "d/three.csv": "x,y\n3,b\n" },
    { "m.yml": experiment("d/three.csv") },
    merge(["d/three.csv"]),
  ],
  [
    "main added a file that a pattern of the branch means",
    { "d/three.csv": "x,y\n3,b\n" },
    { "m.yml": experiment("d/*.csv") },
    merge(["d/one.csv", "d/three.csv", "d/two.csv"]),
  ],
  [
    "main changed the data and the branch only its documents",
    { "d/one.csv": "x,y\n3,b\n" },
    { "README.md": "two\n" },
    merge(["d/one.csv"]),
  ],
  ["main removed the model", { "m.yml": null }, { "README.md": "two\n" }, merge("absent")],
  ["main added the reference of drift", { "pinned.csv": "x,y\n9,b\n" }, { "README.md": "two\n" }, usual()],
  [
    "main and the branch changed the same",
    { "d/one.csv": "x,y\n3,b\n" },
    { "d/one.csv": "x,y\n4,b\n" },
    { compared: ["tip", "head"], data: "problems", merges: 1 },
  ],
])("%s", async (_, main, branch, expected) => {
  expect(await sides(main, branch)).toEqual(expected);
});

it("merges when the reference of drift moved", async () => {
  const moved = { "pinned.csv": "x,y\n9,b\n" };
  expect(await sides(moved, { "README.md": "two\n" }, { policy: pinned })).toEqual(merge(["d/one.csv"]));
});

it.each<[Merged, object]>([
  [
    { state: "conflict" },
    {
      code: "merge-conflict",
      message:
        "main changed what this model reads since this branch left it, and the two have a conflict, so there is nothing that could be merged.",
      remedy: "Update the branch: merge main into it, resolve the conflict and push.",
    },
  ],
  [
    { state: "not-ready" },
    {
      code: "merge-not-ready",
      message:
        "main changed what this model reads since this branch left it, and GitHub has not said yet what merging the two gives.",
      remedy: "Ask again in a minute, or update the branch: merge main into it.",
    },
  ],
  [
    { state: "failed", detail: "usage: git merge-tree" },
    {
      code: "merge-failed",
      message: "main changed what this model reads since this branch left it, and git could not merge the two here.",
      written: "usage: git merge-tree",
      allowed: "git 2.38 or newer, and the whole history",
      remedy: "Update the branch: merge main into it.",
    },
  ],
])("says why nobody knows what would be merged: %j", async (instead, problem) => {
  const tip = commitOn({ "d/one.csv": "x,y\n3,b\n" });
  const base = repository.snapshot(start);
  const movedBase = toMovedBase("main", base, repository.snapshot(tip), async () => instead);
  const { prepared } = await chooseSides(model, { base, head: base, movedBase }, estimators);
  expect(prepared[1]).toEqual({
    state: "problems",
    commit: start,
    problems: [{ where: { path: "m.yml" }, ...problem }],
  });
});

it("takes a base that did not move as it is", () => {
  const snapshot = repository.snapshot(start);
  expect(toMovedBase("main", snapshot, repository.snapshot(start), async () => ({ state: "conflict" }))).toBeNull();
});
