import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/facts/snapshot.ts";
import { openRepository } from "../../src/git/repository.ts";
import { findData } from "../../src/prepare/find-data.ts";
import { type Content, GitRepository } from "../support/git-repository.ts";

const csv = "x,y\n1,a\n";
const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 12345\n`;
const half = new Uint8Array(26 * 1024 * 1024);

const files: Record<string, Content> = {
  "data/part-2.csv": csv,
  "data/part-10.csv": csv,
  "data/part-1.csv": csv,
  "data/.part-0.csv": csv,
  "data/readme.md": "about",
  "data/eu/de/part-3.csv": csv,
  "data/eu/.old/part-4.csv": csv,
  "labels.csv": csv,
  "links/a.csv": csv,
  "links/b.csv": { linkTo: "a.csv" },
  linked: { linkTo: "data" },
  "pointers/a.csv": lfs,
  "pointers/b.csv": csv,
  "pointers/c.csv": lfs,
  "dvc/a.csv.dvc": "outs:\n- path: a.csv\n",
  "kept.dvc": "outs:\n- path: kept\n",
  "big/a.bin": half,
  "big/b.bin": half,
  sub: { submodule: "1234567890123456789012345678901234567890" },
};

let git: GitRepository;
let snapshot: Snapshot;
beforeAll(async () => {
  git = new GitRepository();
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  git.write(files);
  for (let i = 0; i < 301; i++) {
    mkdirSync(join(git.folder, `deep/${i}`), { recursive: true });
    writeFileSync(join(git.folder, `deep/${i}/a.csv`), csv);
  }
  mkdirSync(join(git.folder, "many"));
  for (let i = 0; i < 101; i++) writeFileSync(join(git.folder, `many/${i}.csv`), csv);
  git.git("add", "deep", "many");
  snapshot = opened.value.snapshot(git.commit({}));
});
afterAll(() => git[Symbol.dispose]());

async function find(data: string | string[], labels?: string) {
  const experiment = labels === undefined ? { data } : { data, labels: { data: labels, key: "id" } };
  return findData(snapshot, experiment, "e.yml");
}

describe("findData finds", () => {
  it.each<[string, string | string[], string[]]>([
    ["one file", "data/part-1.csv", ["data/part-1.csv"]],
    ["a pattern, sorted by path", "data/part-*.csv", ["data/part-1.csv", "data/part-10.csv", "data/part-2.csv"]],
    ["one character", "data/part-?.csv", ["data/part-1.csv", "data/part-2.csv"]],
    ["a list, sorted by path", ["labels.csv", "data/part-1.csv"], ["data/part-1.csv", "labels.csv"]],
    ["what is named twice, once", ["data/part-2.csv", "data/part-?.csv"], ["data/part-1.csv", "data/part-2.csv"]],
    [
      "files in folders of any depth, not in hidden ones",
      "data/**/part-?.csv",
      ["data/eu/de/part-3.csv", "data/part-1.csv", "data/part-2.csv"],
    ],
    ["files in folders with a wildcard", "*/eu/*/*.csv", ["data/eu/de/part-3.csv"]],
    ["what a name spells out", "data/eu/.old/*.csv", ["data/eu/.old/part-4.csv"]],
    ["everything below a folder", "data/eu/**", ["data/eu/de/part-3.csv"]],
    ["files at the root", "l*.csv", ["labels.csv"]],
    ["files next to a great many folders", ["deep/1/*.csv", "deep/2?0/a.*"], ["deep/1/a.csv", ...deep(20, 30)]],
  ])("%s", async (_, data, expected) => {
    const found = await find(data);
    expect(Array.isArray(found) ? found : found.files.map(({ path }) => path)).toEqual(expected);
  });

  it("labels beside the data", async () => {
    const found = await find("data/part-*.csv", "labels.csv");
    expect("labels" in found && [found.files.length, found.labels?.path]).toEqual([3, "labels.csv"]);
  });
});

function deep(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `deep/${(from + i) * 10}/a.csv`);
}

describe("findData refuses", () => {
  const data = { path: "e.yml", key: "data" };
  it.each<[string, string | string[], string | undefined, object[]]>([
    [
      "a pattern that nothing matches",
      "data/*.parquet",
      undefined,
      [{ code: "data-no-match", where: data, written: "data/*.parquet" }],
    ],
    ["a pattern in no folder", "nowhere/*.csv", undefined, [{ code: "data-no-match", where: data }]],
    ["a pattern below a file", "labels.csv/*", undefined, [{ code: "data-no-match", where: data }]],
    ["a pattern behind a link", "linked/*.csv", undefined, [{ code: "data-symlink", where: { path: "linked" } }]],
    [
      "a pattern that means a link",
      "links/*.csv",
      undefined,
      [{ code: "data-symlink", where: { path: "links/b.csv" } }],
    ],
    ["a pattern that means a submodule", "s?b", undefined, [{ code: "data-submodule", where: { path: "sub" } }]],
    [
      "every pointer among the files",
      "pointers/*",
      undefined,
      [
        { code: "data-lfs-pointer", where: { path: "pointers/a.csv" } },
        { code: "data-lfs-pointer", where: { path: "pointers/c.csv" } },
      ],
    ],
    [
      "a file of a folder that DVC keeps",
      "kept/2024/a.csv",
      undefined,
      [{ code: "data-dvc-pointer", where: { path: "kept.dvc" }, written: "kept/2024/a.csv" }],
    ],
    [
      "a pattern in a folder that DVC keeps",
      "kept/*.csv",
      undefined,
      [{ code: "data-dvc-pointer", where: { path: "kept.dvc" }, written: "kept/*.csv" }],
    ],
    ["a folder that DVC keeps", "kept", undefined, [{ code: "data-dvc-pointer", where: { path: "kept.dvc" } }]],
    ["a pointer of DVC", "dvc/*", undefined, [{ code: "data-dvc-pointer", where: { path: "dvc/a.csv.dvc" } }]],
    [
      "more than 100 files",
      "many/*.csv",
      undefined,
      [{ code: "data-too-many-files", where: data, message: "The data has 101 files.", allowed: "at most 100 files" }],
    ],
    [
      "more than 100 files by several patterns",
      ["many/?.csv", "many/1??.csv", "many/??.csv"],
      undefined,
      [{ code: "data-too-many-files", written: "many/?.csv, many/1??.csv, many/??.csv" }],
    ],
    [
      "patterns that together look through more than 300 folders",
      ["deep/1??/a.csv", "deep/*/b.csv", "data/*.txt"],
      undefined,
      [
        { code: "data-too-many-folders", where: data, written: "deep/*/b.csv" },
        { code: "data-too-many-folders", where: data, written: "data/*.txt" },
      ],
    ],
    [
      "a pattern over more than 300 folders",
      "deep/**/b.csv",
      undefined,
      [{ code: "data-too-many-folders", where: data }],
    ],
    [
      "files that are too large together",
      "big/*",
      undefined,
      [
        {
          code: "data-too-big",
          where: data,
          message: "The files of the data have 52 MiB together.",
          allowed: "at most 50 MiB",
        },
      ],
    ],
    ["labels that make it too large", "big/a.bin", "big/b.bin", [{ code: "data-too-big", where: data }]],
    [
      "everything that is wrong at once",
      ["nowhere.csv", "data/part-1.csv", "data/*.txt", "sub"],
      "labels.txt",
      [
        { code: "data-missing", where: data, written: "nowhere.csv" },
        { code: "data-no-match", where: data, written: "data/*.txt" },
        { code: "data-submodule", where: { path: "sub" } },
        { code: "data-missing", where: { path: "e.yml", key: "labels.data" }, written: "labels.txt" },
      ],
    ],
  ])("%s", async (_, paths, labels, expected) => {
    expect(await find(paths, labels)).toMatchObject(expected);
  });
});

it("a path that counts from the experiment's folder is told where it starts", async () => {
  const experiment = { data: "part-1.csv", labels: { data: "../nowhere.csv", key: "id" } };
  const remedies = await findData(snapshot, experiment, "data/e.yml");
  expect(remedies).toMatchObject([
    { remedy: "Write data/part-1.csv, which exists: paths start at the top of the repository." },
    { remedy: "Commit ../nowhere.csv, or correct the path." },
  ]);
});
