import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mergeTrees } from "../../src/git/merge-trees.ts";
import { openRepository } from "../../src/git/repository.ts";
import { temporaryFolder } from "../../src/prepare/temporary-folder.ts";
import { GitRepository } from "../support/git-repository.ts";

let git: GitRepository;
const commits: Record<string, string> = {};
const lines = (...all: string[]) => all.map((line) => `${line}\n`).join("");

beforeAll(() => {
  git = new GitRepository();
  commits.start = git.commit({ "rows.csv": lines("a", "b", "c", "d", "e"), ".gitattributes": "rows.csv merge=ours\n" });
  for (const [name, files] of Object.entries({
    top: { "rows.csv": lines("A", "b", "c", "d", "e") },
    bottom: { "rows.csv": lines("a", "b", "c", "d", "E") },
    other: { "rows.csv": lines("Ä", "b", "c", "d", "e") },
  })) {
    git.branch(name, commits.start);
    commits[name] = git.commit(files);
  }
});
afterAll(() => git[Symbol.dispose]());

async function merge(base: string, head: string): Promise<string> {
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  await using folder = await temporaryFolder("modelsync-test-");
  const merged = await opened.value.merge(commits[base] ?? base, commits[head]!, folder.path);
  if (merged.state !== "merged") return merged.state;
  const entry = await merged.snapshot.entry("rows.csv");
  return Buffer.from(await merged.snapshot.read(entry!, 100)).toString("utf8");
}

it("merges what both sides changed, tells a conflict, and what git cannot do", async () => {
  expect(await merge("top", "bottom")).toBe(lines("A", "b", "c", "d", "E"));
  expect(await merge("top", "other")).toBe("conflict");
  expect(await merge("0".repeat(40), "top")).toBe("failed");
});

it("starts nothing that the repository names, and leaves no object in it", async () => {
  const mark = join(git.folder, "started");
  git.git("config", "merge.ours.driver", `touch ${mark}`);
  git.git("config", "merge.default", "ours");
  writeFileSync(join(git.folder, ".git", "info", "attributes"), "* merge=ours\n");
  const objects = () => readdirSync(join(git.folder, ".git", "objects"), { recursive: true }).sort();
  const before = objects();
  expect(await merge("bottom", "top")).toBe(lines("A", "b", "c", "d", "E"));
  expect([objects(), existsSync(mark)]).toEqual([before, false]);
});

it("merges in a clone without its whole history, and with objects that another one lends", async () => {
  await using clones = await temporaryFolder("modelsync-test-");
  const clone = (name: string, ...options: string[]) => {
    const folder = join(clones.path, name);
    git.git("clone", "--quiet", "--bare", "--no-single-branch", ...options, `file://${git.folder}`, folder);
    return folder;
  };
  for (const folder of [clone("shallow", "--depth=2"), clone("lent", "--reference", git.folder)]) {
    await using merged = await temporaryFolder("modelsync-test-");
    expect((await mergeTrees(folder, merged.path, commits.top!, commits.bottom!)).state).toBe("merged");
  }
});
