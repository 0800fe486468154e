import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalRepository, openRepository } from "../../src/git/repository.ts";
import { GitRepository } from "../support/git-repository.ts";

let git: GitRepository;
let repository: LocalRepository;
let base: string;
let head: string;

beforeAll(async () => {
  git = new GitRepository();
  base = git.commit(
    {
      "data/a b.csv": "a,b\n1,2\n",
      "data/ünï\tcode.csv": "x\n",
      "kept/rows.csv": "1\n2\n3\n4\n5\n6\n7\n8\n",
      "gone.txt": "one\ntwo\n",
      "run.sh": "#!/bin/sh\n",
      link: { linkTo: "/etc/passwd" },
      submodule: { submodule: "0123456789012345678901234567890123456789" },
      "binary.bin": new Uint8Array([0, 1, 2, 255]),
    },
    "Begin",
  );
  git.branch("topic");
  git.commit(
    { "gone.txt": null, "data/a b.csv": "a,b\n1,3\n1,4\n", "binary.bin": new Uint8Array([0, 9]) },
    "Change data",
  );
  git.makeExecutable("run.sh");
  head = git.commit(
    { "kept/rows.csv": null, "moved/rows.csv": "1\n2\n3\n4\n5\n6\n7\n8\n9\n", ":(glob)*": "odd\n" },
    "Move rows",
  );
  const opened = await openRepository(join(git.folder, "data"));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  repository = opened.value;
});
afterAll(() => git[Symbol.dispose]());

describe("opening", () => {
  it("finds the top folder from a folder inside", async () => {
    expect([repository.root, await repository.branch()]).toEqual([git.git("rev-parse", "--show-toplevel"), "topic"]);
  });

  it("opens a bare repository", async () => {
    using bare = new GitRepository();
    bare.git("clone", "--quiet", "--bare", git.folder, "bare.git");
    const opened = await openRepository(join(bare.folder, "bare.git"));
    expect(opened.ok && (await opened.value.commit("main"))).toBe(base);
  });

  it("says when there is none", async () => {
    const folder = mkdtempSync(join(tmpdir(), "modelsync-none-"));
    expect(await openRepository(folder)).toEqual({
      ok: false,
      problems: [
        {
          code: "no-repository",
          where: { path: folder },
          message: "This folder is not inside a git repository that can be read.",
          written: expect.stringContaining("not a git repository"),
          remedy: "Run the command inside a git repository, or name one with --repository.",
        },
      ],
    });
    rmSync(folder, { recursive: true });
  });
});

it("says when the folder does not exist", async () => {
  const opened = await openRepository(join(git.folder, "no", "such"));
  expect(opened.ok ? null : opened.problems[0]?.written).toBe("the folder does not exist");
});

describe("what a revision names", () => {
  it.each([
    ["a branch", "main", () => base],
    ["HEAD", "HEAD", () => head],
    ["an ancestor", "topic~2", () => base],
    ["nothing", "no-such-branch", () => null],
    ["an option", "--all", () => null],
    ["a file", "HEAD:gone.txt", () => null],
    ["a range", "main..topic", () => null],
    ["the empty text", "", () => null],
    ["a zero byte", "main\0", () => null],
  ])("%s", async (_, revision, expected) => {
    expect(await repository.commit(revision)).toBe(expected());
  });
});

it("tells what changed between two commits", async () => {
  expect(await repository.changedFiles(base, head)).toEqual([
    { path: ":(glob)*", status: "added", additions: 1, deletions: 0 },
    { path: "binary.bin", status: "modified", additions: 0, deletions: 0 },
    { path: "data/a b.csv", status: "modified", additions: 2, deletions: 1 },
    { path: "gone.txt", status: "removed", additions: 0, deletions: 2 },
    { path: "moved/rows.csv", status: "renamed", additions: 1, deletions: 0 },
    { path: "run.sh", status: "modified", additions: 0, deletions: 0 },
  ]);
});

it("tells the commits of a branch, oldest first", async () => {
  expect(await repository.subjects(base, head)).toEqual(["Change data", "Move rows"]);
});

it("finds where a branch left its base, or that it never did", async () => {
  git.checkout("main");
  const later = git.commit({ "later.txt": "later" }, "Later");
  git.git("checkout", "--quiet", "--orphan", "alone");
  const alone = git.commit({}, "Alone");
  git.checkout("topic");
  expect([await repository.mergeBase(later, head), await repository.mergeBase(alone, head)]).toEqual([base, null]);
});

it("sees uncommitted changes of tracked files only", async () => {
  const before = await repository.dirty();
  writeFileSync(join(git.folder, "untracked.txt"), "new");
  const untracked = await repository.dirty();
  writeFileSync(join(git.folder, "run.sh"), "changed");
  expect([before, untracked, await repository.dirty()]).toEqual([false, false, true]);
  expect(await repository.uncommitted(["run.sh", "untracked.txt", "*"])).toEqual(["run.sh", "untracked.txt"]);
  expect(await repository.uncommitted(["."])).toEqual(["run.sh", "untracked.txt"]);
});

it.each([
  ["filter.mark.clean", "*.csv filter=mark\n"],
  ["filter.a=b.process", "*.csv filter=a=b\n"],
])("starts no %s of the configuration to compare the working tree", async (key, attributes) => {
  const own = new GitRepository();
  const mark = join(own.folder, "mark");
  own.commit({ "rows.csv": "1\n", ".gitattributes": attributes }, "Begin");
  own.git("config", key, `touch '${mark}'; cat`);
  own.git("config", `${key.slice(0, key.lastIndexOf("."))}.required`, "true");
  const touch = () => utimesSync(join(own.folder, "rows.csv"), 1, 1);
  touch();
  const opened = await openRepository(own.folder);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const untouched = await opened.value.dirty();
  writeFileSync(join(own.folder, "rows.csv"), "2\n");
  const found = [untouched, await opened.value.dirty(), existsSync(mark)];
  // The trap works: git itself starts it.
  spawnSync("git", ["status"], { cwd: own.folder });
  expect([...found, existsSync(mark)]).toEqual([false, true, false, true]);
  rmSync(own.folder, { recursive: true, force: true });
});

it("asks no remote for what a partial clone lacks", async () => {
  const place = mkdtempSync(join(tmpdir(), "partial-"));
  git.git("config", "uploadpack.allowFilter", "true");
  const clone = ["clone", "--quiet", "--no-checkout", "--filter=blob:none", `file://${git.folder}`, place];
  spawnSync("git", clone);
  const mark = join(place, "mark");
  spawnSync("git", ["config", "remote.origin.uploadpack", `touch '${mark}'; git-upload-pack`], { cwd: place });
  const opened = await openRepository(place);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const entry = opened.value.snapshot(head).entry("run.sh");
  await expect(entry).rejects.toThrow("git fetch --refetch --no-filter origin");
  const before = existsSync(mark);
  spawnSync("git", ["fetch", "--quiet", "--refetch", "--no-filter", "origin"], { cwd: place });
  const fetched = opened.value.snapshot(head).entry("run.sh");
  expect([before, existsSync(mark), (await fetched)?.kind]).toEqual([false, true, "file"]);
  rmSync(place, { recursive: true, force: true });
});

describe("entries of a snapshot", () => {
  it.each([
    ["a file", "data/a b.csv", { kind: "file", size: 8 }],
    ["a name that git would quote", "data/ünï\tcode.csv", { kind: "file", size: 2 }],
    ["an executable file", "run.sh", { kind: "file", size: 10 }],
    ["a symbolic link", "link", { kind: "symlink", size: 11 }],
    ["a submodule", "submodule", { kind: "submodule", size: null }],
    ["a folder", "data", { kind: "folder", size: null }],
    ["a folder with a slash", "data/", null],
    ["a path below a link", "link/passwd", null],
    ["a path that leaves the repository", "../x", null],
    ["a wildcard", "data/*", null],
    ["nothing there", "no/such.csv", null],
    ["the empty path", "", null],
  ])("%s", async (_, path, expected) => {
    const entry = await repository.snapshot(base).entry(path);
    expect(entry && { kind: entry.kind, size: entry.size }).toEqual(expected);
  });
});

describe("what a folder of a snapshot holds", () => {
  it.each([
    ["a folder", "data", ["file data/a b.csv", "file data/ünï\tcode.csv"]],
    ["a file", "run.sh", []],
    ["a link", "link", []],
    ["a submodule", "submodule", []],
    ["a folder with a slash", "data/", []],
    ["a path that leaves the repository", "..", []],
    ["a wildcard", "dat*", []],
    ["nothing there", "no/such", []],
  ])("%s", async (_, folder, expected) => {
    const entries = await repository.snapshot(base).list(folder);
    expect(entries.map(({ kind, path }) => `${kind} ${path}`)).toEqual(expected);
  });

  it("the root", async () => {
    const entries = await repository.snapshot(base).list("");
    const names = git.git("-c", "core.quotepath=false", "ls-tree", "--name-only", base).split("\n");
    expect(entries.map(({ path }) => path)).toEqual(names.sort());
  });
});

describe("reading from a snapshot", () => {
  it("gives the committed bytes, whatever lies in the working tree", async () => {
    const snapshot = repository.snapshot(base);
    const entry = await snapshot.entry("binary.bin");
    expect([...(await snapshot.read(entry!, 4))]).toEqual([0, 1, 2, 255]);
  });

  it("refuses more than was allowed", async () => {
    const snapshot = repository.snapshot(base);
    const entry = await snapshot.entry("binary.bin");
    await expect(snapshot.read(entry!, 3)).rejects.toThrow("binary.bin has 4 bytes, more than the 3 that may be read");
    await expect(snapshot.read({ ...entry!, size: 1 }, 3)).rejects.toThrow();
  });

  it("refuses what is not a file", async () => {
    const snapshot = repository.snapshot(base);
    const entry = await snapshot.entry("link");
    await expect(snapshot.read(entry!, 100)).rejects.toThrow("link is a symlink, not a file");
  });
});
