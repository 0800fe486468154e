import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalChange, resolveChange } from "../../src/git/local-change.ts";
import { gatherLocalFacts } from "../../src/git/local-facts.ts";
import { parsePullRequestFile } from "../../src/git/pull-request-file.ts";
import { type LocalRepository, openRepository } from "../../src/git/repository.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { GitRepository } from "../support/git-repository.ts";

const policy: Policy = {
  version: 1,
  models: [],
  checks: {},
  exempt: { bots: [] },
  waivers: { by: ["maintainers"], neverAuthor: true, maxDays: 90, byTick: true },
  issues: { repositories: [] },
};
const now = new Date("2026-03-01T12:00:00Z");

let git: GitRepository;
let repository: LocalRepository;
const commits: Record<string, string> = {};

beforeAll(async () => {
  git = new GitRepository();
  commits.fork = git.commit({ "a.txt": "a\n" }, "Begin");
  git.branch("topic");
  commits.one = git.commit({ "a.txt": "b\n" }, "Change a");
  git.branch("longer");
  commits.two = git.commit({ "b.txt": "b\n" }, "Add b");
  git.checkout("main");
  commits.main = git.commit({ "c.txt": "c\n" }, "Go on");
  git.git("update-ref", "refs/remotes/origin/release", commits.main);
  git.git("checkout", "--quiet", "--orphan", "alone");
  git.commit({}, "Alone");
  git.checkout("topic");
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  repository = opened.value;
});
afterAll(() => git[Symbol.dispose]());

async function change(base: string, head: string): Promise<LocalChange> {
  const resolved = await resolveChange(repository, base, head);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.value;
}

describe("the commits of a change", () => {
  it("are the tips, and where the branch left its base", async () => {
    expect(await change("main", "HEAD")).toEqual({
      base: { ref: "main", sha: commits.main },
      head: { ref: "topic", sha: commits.one },
      mergeBase: commits.fork,
    });
  });

  it("are found at the remote when the base exists only there", async () => {
    expect((await change("release", "longer")).base).toEqual({ ref: "release", sha: commits.main });
  });

  it.each<[string, string, string, string[]]>([
    ["two unknown revisions", "nope", "neither", ["unknown-revision --base", "unknown-revision --head"]],
    ["histories that never met", "main", "alone", ["no-common-commit --base"]],
    ["an option", "--all", "HEAD", ["unknown-revision --base"]],
  ])("are refused: %s", async (_, base, head, problems) => {
    const resolved = await resolveChange(repository, base, head);
    expect(resolved.ok ? [] : resolved.problems.map(({ code, where }) => `${code} ${where.path}`)).toEqual(problems);
  });
});

describe("the facts of a local branch", () => {
  const gather = async (head: string, file: string | null = null, by: Policy = policy) => {
    const parsed = file === null ? null : parsePullRequestFile(file, "pr.yml");
    const described = parsed?.ok ? parsed.value : null;
    const resolved = await change("main", head);
    return gatherLocalFacts(repository, resolved, by, described, now);
  };

  it("are those of the pull request it would become", async () => {
    git.git("remote", "add", "origin", "git@github.com:acme/income-model.git");
    const facts = await gather("HEAD");
    git.git("remote", "remove", "origin");
    const needed = (key: string) => ({
      known: false,
      why: "needs-github",
      detail: `Only GitHub knows this; --pull-request FILE can say it (${key}).`,
    });
    expect(facts).toEqual({
      door: "git",
      repository: { id: null, owner: "acme", name: "income-model", private: true, defaultBranch: "main", url: null },
      pullRequest: {
        number: null,
        title: "Change a",
        body: "",
        url: null,
        draft: false,
        author: null,
        labels: needed("labels"),
        base: { ref: "main", sha: commits.main },
        head: { ref: "topic", sha: commits.one, repository: "acme/income-model" },
        mergeBase: commits.fork,
        fork: false,
      },
      linkedIssues: needed("linkedIssues"),
      changedFiles: { known: true, value: [{ path: "a.txt", status: "modified", additions: 1, deletions: 1 }] },
      reviews: { known: false, why: "needs-github", detail: "Only GitHub knows the reviews." },
      requestedTeams: { known: false, why: "needs-github", detail: "Only GitHub knows who is asked for a review." },
      policy,
      now: "2026-03-01T12:00:00.000Z",
    });
  });

  it("take the branch's name as title when it has several commits", async () => {
    expect((await gather("longer")).pullRequest.title).toBe("longer");
  });

  it("without a remote are of a local repository", async () => {
    const { owner } = (await gather("HEAD")).repository;
    expect(owner).toBe("local");
  });

  it.each([
    ["https://github.com/acme/income-model.git", "acme", "income-model"],
    ["https://user:token@example.org/acme/income-model", "acme", "income-model"],
    ["ssh://git@example.org:22/acme/income.model/", "acme", "income.model"],
    ["git@github.com:acme/x.git", "acme", "x"],
  ])("name the repository after the remote %s", async (url, owner, name) => {
    git.git("remote", "add", "origin", url);
    const { repository: named } = await gather("HEAD");
    git.git("remote", "remove", "origin");
    expect([named.owner, named.name]).toEqual([owner, name]);
  });

  it("take from the file what it says and leave the rest unknown", async () => {
    const facts = await gather("HEAD", "title: T\nbody: Fixes \nlinkedIssues: [{ number: 12, repo: other }]\n");
    expect([facts.pullRequest.title, facts.pullRequest.labels.known, facts.linkedIssues]).toEqual([
      "T",
      false,
      {
        known: true,
        value: [
          {
            owner: "local",
            repo: "other",
            number: 12,
            issue: { title: "", body: "", state: "open", labels: [], url: "" },
            source: "github",
          },
        ],
      },
    ]);
  });

  it("know no more than the name of an issue of a repository that the policy does not list", async () => {
    git.git("remote", "add", "origin", "https://github.com/acme/income-model.git");
    const named = "linkedIssues: [{ number: 1 }, { number: 2, owner: mallory }, { number: 3, repo: Tracker }]";
    const listing = { ...policy, issues: { repositories: ["acme/tracker"] } };
    const { linkedIssues } = await gather("HEAD", named, listing);
    git.git("remote", "remove", "origin");
    expect(linkedIssues.known && linkedIssues.value.map(({ number, issue }) => [number, issue !== null])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
  });
});
