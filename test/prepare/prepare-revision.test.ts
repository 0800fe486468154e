import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import type { Snapshot } from "../../src/facts/snapshot.ts";
import { openRepository } from "../../src/git/repository.ts";
import { prepareRevision } from "../../src/prepare/prepare-revision.ts";
import { type Content, GitRepository } from "../support/git-repository.ts";

const experiment = (data: string) => `data: ${data}\ntarget: y\nmodel: { type: logistic-regression }\n`;
const csv = "x,y\n1,a\n2,b\n";
const lfs =
  "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
const inGit = "a data file that is in the repository itself";
const ordinary = "an ordinary file in the repository";

/** One commit holds every case; each row reads another experiment file in it. */
const files: Record<string, Content> = {
  "good.yml": experiment("data/good.csv"),
  "data/good.csv": csv,
  "big.yml": `# ${"x".repeat(64 * 1024)}\n`,
  "latin.yml": new Uint8Array([0x64, 0xe9, 0x0a]),
  "linked.yml": { linkTo: "good.yml" },
  "folder.yml/inside.txt": "x",
  "sub.yml": { submodule: "1234567890123456789012345678901234567890" },
  "linked-folder": { linkTo: "data" },
  "behind.yml": experiment("linked-folder/good.csv"),
  "missing.yml": experiment("data/missing.csv"),
  "data-link.yml": experiment("data/link.csv"),
  "data/link.csv": { linkTo: "/etc/passwd" },
  "data-folder.yml": experiment("data"),
  "data-sub.yml": experiment("vendor"),
  vendor: { submodule: "1234567890123456789012345678901234567890" },
  "in-sub.yml": experiment("vendor/data.csv"),
  "dvc.yml": experiment("data/kept-by-dvc.csv"),
  "data/kept-by-dvc.csv.dvc": "outs:\n- md5: a304afb96060aad90176268345e10355\n  path: kept-by-dvc.csv\n",
  "dvc-itself.yml": experiment("data/kept-by-dvc.csv.dvc"),
  "lfs.yml": experiment("data/lfs.csv"),
  "data/lfs.csv": lfs,
  "sixty.yml": experiment("data/sixty.csv"),
  "data/sixty.csv": new Uint8Array(60 * 1024 * 1024),
  "just-over.yml": experiment("data/just-over.csv"),
  "data/just-over.csv": new Uint8Array(50 * 1024 * 1024 + 1),
  "up.yml": experiment("../secret.csv"),
  "not-yaml.yml": "data: [\n",
  "empty-data.yml": experiment("data/empty.csv"),
  "data/empty.csv": "",
};

let git: GitRepository;
let snapshot: Snapshot;
beforeAll(async () => {
  git = new GitRepository();
  const commit = git.commit(files);
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  snapshot = opened.value.snapshot(commit);
});
afterAll(() => git[Symbol.dispose]());

it("a good revision is ready, its data named and not fetched", async () => {
  const revision = await prepareRevision(snapshot, "good.yml", estimators);
  expect(revision).toMatchObject({
    state: "ready",
    commit: snapshot.commit,
    experiment: { data: "data/good.csv", target: "y", model: { type: "logistic-regression" } },
    data: {
      files: [{ path: "data/good.csv", kind: "file", sha: git.git("rev-parse", "HEAD:data/good.csv"), size: 12 }],
      labels: null,
    },
  });
});

it("an empty data file is ready: reading it tells what is wrong", async () => {
  expect((await prepareRevision(snapshot, "empty-data.yml", estimators)).state).toBe("ready");
});

it.each([["no-such.yml"], ["no/such.yml"]])("an experiment that is not there is absent: %s", async (path) => {
  expect(await prepareRevision(snapshot, path, estimators)).toEqual({ state: "absent", commit: snapshot.commit });
});

describe("everything else is a problem", () => {
  it.each([
    [
      "experiment too big",
      "big.yml",
      {
        code: "experiment-too-big",
        where: { path: "big.yml" },
        message: "The experiment file has 65,539 bytes.",
        allowed: "at most 65,536 bytes (64 KiB)",
        remedy: "Shorten the experiment file.",
      },
    ],
    [
      "experiment in another encoding",
      "latin.yml",
      {
        code: "experiment-not-text",
        where: { path: "latin.yml" },
        message: "The experiment file is not valid UTF-8.",
        allowed: "UTF-8 text",
        remedy: "Save the file as UTF-8.",
      },
    ],
    [
      "experiment is a symbolic link",
      "linked.yml",
      {
        code: "experiment-not-a-file",
        where: { path: "linked.yml" },
        message: "The experiment is a symbolic link.",
        allowed: ordinary,
        remedy: "Replace it with an ordinary file.",
      },
    ],
    [
      "experiment is a folder",
      "folder.yml",
      {
        code: "experiment-not-a-file",
        where: { path: "folder.yml" },
        message: "The experiment is a folder.",
        allowed: ordinary,
        remedy: "Replace it with an ordinary file.",
      },
    ],
    [
      "experiment is a submodule",
      "sub.yml",
      {
        code: "experiment-not-a-file",
        where: { path: "sub.yml" },
        message: "The experiment is a submodule.",
        allowed: ordinary,
        remedy: "Replace it with an ordinary file.",
      },
    ],
    [
      "data missing",
      "missing.yml",
      {
        code: "data-missing",
        where: { path: "missing.yml", key: "data" },
        message: "The data file does not exist in this revision.",
        written: "data/missing.csv",
        allowed: "a path to a file in the repository",
        remedy: "Commit data/missing.csv, or correct the path.",
      },
    ],
    [
      "data is a symbolic link",
      "data-link.yml",
      {
        code: "data-symlink",
        where: { path: "data/link.csv" },
        message: "The data is a symbolic link.",
        allowed: ordinary,
        remedy: "Commit the data as an ordinary file.",
      },
    ],
    [
      "data lies behind a symbolic link",
      "behind.yml",
      {
        code: "data-symlink",
        where: { path: "linked-folder/good.csv" },
        message: "The data lies behind linked-folder, which is a symbolic link.",
        allowed: ordinary,
        remedy: "Commit the data as an ordinary file.",
      },
    ],
    [
      "data is a folder",
      "data-folder.yml",
      {
        code: "data-folder",
        where: { path: "data" },
        message: "The data is a folder.",
        allowed: ordinary,
        remedy: "Name a file in it, or all of them by a pattern such as data/*.csv.",
      },
    ],
    [
      "data is a submodule",
      "data-sub.yml",
      {
        code: "data-submodule",
        where: { path: "vendor" },
        message: "The data is a submodule.",
        allowed: ordinary,
        remedy: "Commit the data as an ordinary file.",
      },
    ],
    [
      "data lies in a submodule",
      "in-sub.yml",
      {
        code: "data-submodule",
        where: { path: "vendor/data.csv" },
        message: "The data lies behind vendor, which is a submodule.",
        allowed: ordinary,
        remedy: "Commit the data as an ordinary file.",
      },
    ],
    ...["dvc.yml", "dvc-itself.yml"].map((path): [string, string, object] => [
      `data kept by DVC (${path})`,
      path,
      {
        code: "data-dvc-pointer",
        where: { path: "data/kept-by-dvc.csv.dvc" },
        message:
          "The data is kept by DVC: the repository holds only a pointer to it, so its content cannot be verified.",
        written: path === "dvc.yml" ? "data/kept-by-dvc.csv" : "data/kept-by-dvc.csv.dvc",
        allowed: inGit,
        remedy: "Commit the data file, or a sample of it, and name that in the experiment.",
      },
    ]),
    [
      "data kept by Git LFS",
      "lfs.yml",
      {
        code: "data-lfs-pointer",
        where: { path: "data/lfs.csv" },
        message:
          "The data is kept by Git LFS: the repository holds only a pointer to it, so its content cannot be verified.",
        allowed: inGit,
        remedy: "Commit the data file, or a sample of it, without Git LFS, and name that in the experiment.",
      },
    ],
    [
      "60 MB of data",
      "sixty.yml",
      {
        code: "data-too-big",
        where: { path: "data/sixty.csv" },
        message: "The data file has 60 MiB.",
        allowed: "at most 50 MiB",
        remedy: "Commit a representative sample and name that in the experiment.",
      },
    ],
    [
      "one byte too many",
      "just-over.yml",
      {
        code: "data-too-big",
        where: { path: "data/just-over.csv" },
        message: "The data file has 50.1 MiB.",
        allowed: "at most 50 MiB",
        remedy: "Commit a representative sample and name that in the experiment.",
      },
    ],
  ])("%s", async (_, path, problem) => {
    const { commit } = snapshot;
    const { experiment, ...rest } = (await prepareRevision(snapshot, path, estimators)) as { experiment?: Experiment };
    expect(rest).toEqual({ state: "problems", commit, problems: [problem] });
    // Where only the data is wrong, it is known what was to be read.
    expect(experiment !== undefined).toBe(/^(data|dvc|git-lfs)-/.test((problem as { code: string }).code));
  });

  it.each([
    ["a path that leaves the repository", "up.yml", "bad-path"],
    ["a file that is not YAML", "not-yaml.yml", expect.any(String)],
  ])("%s, as the experiment's parser says", async (_, path, code) => {
    expect(await prepareRevision(snapshot, path, estimators)).toMatchObject({
      state: "problems",
      problems: [{ code, where: { path } }],
    });
  });
});
