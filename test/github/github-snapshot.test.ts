import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { githubSnapshot } from "../../src/github/github-snapshot.ts";
import { type Exchange, playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

const content = "a,b\n1,2\n";
const sha = createHash("sha1").update(`blob ${content.length}\0${content}`).digest("hex");
const entry = { path: "data.csv", kind: "file" as const, sha, size: content.length };

const row = (path: string, mode: string, id: string, size?: number) => ({
  path,
  mode,
  type: mode === "040000" ? "tree" : mode === "160000" ? "commit" : "blob",
  sha: id,
  ...(size === undefined ? {} : { size }),
});
const tree = (id: string, rows: object[], truncated = false, recursive = true): Exchange => ({
  method: "GET",
  path: `/repos/acme/income/git/trees/${id}${recursive ? "?recursive=1" : ""}`,
  status: 200,
  body: { sha: id, tree: rows, truncated },
});
const blob = (body: object): Exchange => ({
  method: "GET",
  path: `/repos/acme/income/git/blobs/${sha}`,
  status: 200,
  body,
});
const encoded = { content: Buffer.from(content).toString("base64"), encoding: "base64" };

const dataRows = [row("b.csv", "100644", "b2", 4), row("a.csv", "100644", "b1", 3), row("old", "040000", "t8")];

describe("list", () => {
  const expected = {
    root: [
      { path: "data", kind: "folder", sha: "t7", size: null },
      { path: "readme", kind: "file", sha: "b9", size: 1 },
    ],
    data: [
      { path: "data/a.csv", kind: "file", sha: "b1", size: 3 },
      { path: "data/b.csv", kind: "file", sha: "b2", size: 4 },
      { path: "data/old", kind: "folder", sha: "t8", size: null },
    ],
  };
  const nothing = ["readme", "dat", "data/", "../data", "data//old", "data/a.csv"];

  it("takes a folder's own entries from one listing of the commit", async () => {
    const rows = [
      ...[row("readme", "100644", "b9", 1), row("data", "040000", "t7"), row("data/old/a.csv", "100644", "b3", 5)],
      ...dataRows.map((one) => ({ ...one, path: `data/${one.path}` })),
    ];
    await playGitHub([tree("commit-5", rows)], async () => {
      const snapshot = githubSnapshot(aRepositoryClient(), "commit-5", "/nowhere");
      expect({ root: await snapshot.list(""), data: await snapshot.list("data") }).toEqual(expected);
      for (const folder of nothing) expect(await snapshot.list(folder)).toEqual([]);
    });
  });

  it("asks folder by folder when GitHub cuts the list off", async () => {
    const exchanges = [
      tree("commit-6", [], true),
      tree("commit-6", [row("readme", "100644", "b9", 1), row("data", "040000", "t7")], false, false),
      tree("t7", dataRows, false, false),
    ];
    await playGitHub(exchanges, async () => {
      const snapshot = githubSnapshot(aRepositoryClient(), "commit-6", "/nowhere");
      expect({ root: await snapshot.list(""), data: await snapshot.list("data") }).toEqual(expected);
      for (const folder of nothing) expect(await snapshot.list(folder)).toEqual([]);
    });
  });
});

describe("entry", () => {
  it("lists a commit once and knows every kind", async () => {
    const rows = [
      row("data", "040000", "t1"),
      row("data/a.csv", "100644", "b1", 3),
      row("run.sh", "100755", "b2", 4),
      row("link", "120000", "b3", 5),
      row("sub", "160000", "c1"),
    ];
    await playGitHub([tree("commit-1", rows)], async () => {
      const snapshot = githubSnapshot(aRepositoryClient(), "commit-1", "/nowhere");
      const paths = [
        "data",
        "data/a.csv",
        "run.sh",
        "link",
        "sub",
        "missing",
        "../data",
        "/data",
        "data//a.csv",
        "./data",
        "",
      ];
      expect(await Promise.all(paths.map((path) => snapshot.entry(path)))).toEqual([
        { path: "data", kind: "folder", sha: "t1", size: null },
        { path: "data/a.csv", kind: "file", sha: "b1", size: 3 },
        { path: "run.sh", kind: "file", sha: "b2", size: 4 },
        { path: "link", kind: "symlink", sha: "b3", size: 5 },
        { path: "sub", kind: "submodule", sha: "c1", size: null },
        ...Array(6).fill(null),
      ]);
    });
  });

  it("walks folder by folder when GitHub cuts the list off", async () => {
    const exchanges = [
      tree("commit-2", [], true),
      tree("commit-2", [row("data", "040000", "t2"), row("file", "100644", "b9", 1)], false, false),
      tree("t2", [row("a.csv", "100644", "b1", 3)], false, false),
    ];
    await playGitHub(exchanges, async () => {
      const snapshot = githubSnapshot(aRepositoryClient(), "commit-2", "/nowhere");
      expect(await snapshot.entry("data/a.csv")).toEqual({ path: "data/a.csv", kind: "file", sha: "b1", size: 3 });
      expect(await snapshot.entry("file/a.csv")).toBeNull();
      expect(await snapshot.entry("data/none")).toBeNull();
    });
  });
});

describe("read", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "blobs-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = (
    exchanges: Exchange[],
    maxBytes = 100,
    wanted: Parameters<ReturnType<typeof githubSnapshot>["read"]>[0] = entry,
  ) => {
    const result = { text: "" };
    return playGitHub(exchanges, async () => {
      const bytes = await githubSnapshot(aRepositoryClient(), "c", folder).read(wanted, maxBytes);
      result.text = Buffer.from(bytes).toString();
    }).then(() => result.text);
  };

  it("fetches a content once and keeps it by repository and id", async () => {
    expect([await read([blob(encoded)]), await read([])]).toEqual([content, content]);
    expect(await readdir(join(folder, "11", sha.slice(0, 2)))).toEqual([sha]);
  });

  it("does not trust a damaged copy", async () => {
    await read([blob(encoded)]);
    await writeFile(join(folder, "11", sha.slice(0, 2), sha), "damaged");
    expect(await read([blob(encoded)])).toBe(content);
  });

  it.each<[string, Exchange[], number, object, RegExp]>([
    ["a file over the limit, unasked", [], 3, entry, /larger than 3 bytes/],
    ["a symbolic link", [], 100, { ...entry, kind: "symlink" }, /is a symlink/],
    ["a file of unknown size", [], 100, { ...entry, size: null }, /larger than/],
    [
      "a content that is not the named one",
      [blob({ content: "eHl6", encoding: "base64" })],
      100,
      entry,
      /another content/,
    ],
    ["a content that is larger than the tree said", [blob(encoded)], 5, { ...entry, size: 5 }, /larger than 5 bytes/],
  ])("refuses %s", async (_, exchanges, maxBytes, wanted, message) => {
    await expect(read(exchanges, maxBytes, wanted as typeof entry)).rejects.toThrow(message);
  });
});
