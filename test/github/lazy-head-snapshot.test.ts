import { expect, it } from "vitest";
import type { ChangedFile } from "../../src/facts/facts.ts";
import type { Snapshot } from "../../src/facts/snapshot.ts";
import { lazyHeadSnapshot } from "../../src/github/lazy-head-snapshot.ts";

/** A revision whose every entry tells which revision was asked. */
function revision(commit: string): Snapshot {
  return {
    commit,
    entry: async (path) => ({ path, kind: "file", sha: commit, size: 1 }),
    list: async (folder) => [{ path: `${folder}/a.csv`, kind: "file", sha: commit, size: 1 }],
    read: async () => new TextEncoder().encode(commit),
  };
}

const changed = (path: string, status: ChangedFile["status"] = "modified"): ChangedFile => ({
  path,
  status,
  additions: 1,
  deletions: 0,
});

async function asked(path: string, files: ChangedFile[] | null): Promise<string | undefined> {
  const known = files
    ? { known: true as const, value: files }
    : { known: false as const, why: "failed" as const, detail: "" };
  return (await lazyHeadSnapshot(revision("base"), revision("head"), known).entry(path))?.sha;
}

it.each<[string, string, ChangedFile[] | null, string]>([
  ["an untouched file", "data/a.csv", [changed("README.md")], "base"],
  ["nothing touched", "data/a.csv", [], "base"],
  ["a touched file", "data/a.csv", [changed("data/a.csv")], "head"],
  ["a removed file", "data/a.csv", [changed("data/a.csv", "removed")], "head"],
  ["a folder with a touched file", "data", [changed("data/a.csv")], "head"],
  ["a file whose folder became a link", "data/a.csv", [changed("data", "added")], "head"],
  ["a name that only begins alike", "data/a.csv", [changed("data/a.csv.bak"), changed("dat")], "base"],
  ["a rename somewhere, whose old name is not told", "data/a.csv", [changed("data/b.csv", "renamed")], "head"],
  ["an unknown list", "data/a.csv", null, "head"],
])("looks up %s", async (_, path, files, expected) => {
  expect(await asked(path, files)).toBe(expected);
});

it.each<[string, string, string[], string]>([
  ["an untouched folder", "data", ["README.md", "data.csv", "database/a.csv"], "base"],
  ["a folder with a new file", "data", ["data/b.csv"], "head"],
  ["a folder that became a link", "data/more", ["data"], "head"],
  ["the root", "", ["data/b.csv"], "head"],
  ["the root, nothing touched", "", [], "base"],
])("lists %s", async (_, folder, paths, expected) => {
  const files = { known: true as const, value: paths.map((path) => changed(path)) };
  const [entry] = await lazyHeadSnapshot(revision("base"), revision("head"), files).list(folder);
  expect(entry?.sha).toBe(expected);
});
