import type { Problem } from "../../pipeline/problem.ts";
import { showBytes } from "../../pipeline/read/show-bytes.ts";
import { formatCount } from "../../pipeline/words.ts";
import type { TreeEntry } from "../facts/snapshot.ts";
import type { Found } from "./find-file.ts";
import { maxFolders } from "./find-matching.ts";
import { maxDataBytes, maxDataFiles, maxExperimentBytes } from "./limits.ts";

type Obstacle = Extract<Found, { at: string }>;

/** Problems with the experiment file itself. */
export const experimentProblem = {
  /** Neither side has the file that the policy names. */
  missing: (path: string, index: number): Problem => ({
    code: "experiment-missing",
    where: { path: ".github/modelsync.yml", key: `models[${index}].experiment` },
    message: "The experiment file exists neither at the base nor at the head.",
    written: path,
    allowed: "a path to an experiment file in the repository",
    remedy: `Add ${path}, or correct the model's experiment path in the policy.`,
  }),
  notAFile: (path: string, obstacle: Obstacle): Problem => ({
    code: "experiment-not-a-file",
    where: { path },
    message: describe("The experiment", path, obstacle),
    allowed: "an ordinary file in the repository",
    remedy: "Replace it with an ordinary file.",
  }),
  tooBig: (entry: TreeEntry): Problem => ({
    code: "experiment-too-big",
    where: { path: entry.path },
    message: `The experiment file has ${formatCount(entry.size ?? 0)} bytes.`,
    allowed: `at most ${formatCount(maxExperimentBytes)} bytes (64 KiB)`,
    remedy: "Shorten the experiment file.",
  }),
  notText: (path: string): Problem => ({
    code: "experiment-not-text",
    where: { path },
    message: "The experiment file is not valid UTF-8.",
    allowed: "UTF-8 text",
    remedy: "Save the file as UTF-8.",
  }),
};

/** Problems with the data file that an experiment names. */
export const dataProblem = {
  /** @param beside where the path leads from the experiment's folder, when a file is there */
  missing: (path: string, where: Problem["where"], beside: string | null): Problem => ({
    code: "data-missing",
    where,
    message: "The data file does not exist in this revision.",
    written: path,
    allowed: "a path to a file in the repository",
    remedy:
      beside === null
        ? `Commit ${path}, or correct the path.`
        : `Write ${beside}, which exists: paths start at the top of the repository.`,
  }),
  noMatch: (pattern: string, where: Problem["where"]): Problem => ({
    code: "data-no-match",
    where,
    message: "No file in this revision matches the pattern.",
    written: pattern,
    allowed:
      "a pattern that matches files: * for any part of a name, ** for any number of folders, ? for one character",
    remedy:
      "Commit the files, or correct the pattern. Names that begin with a dot only match when they are written out.",
  }),
  tooMany: (written: string, count: number, where: Problem["where"]): Problem => ({
    code: "data-too-many-files",
    where,
    message: `The data has ${formatCount(count)} files.`,
    written,
    allowed: `at most ${formatCount(maxDataFiles)} files`,
    remedy: "Put the rows into fewer files, or narrow the pattern.",
  }),
  tooManyFolders: (pattern: string, where: Problem["where"]): Problem => ({
    code: "data-too-many-folders",
    where,
    message: `More than ${formatCount(maxFolders)} folders would have to be looked through for this pattern and those before it.`,
    written: pattern,
    allowed: `at most ${formatCount(maxFolders)} folders below the first wildcard`,
    remedy: "Begin the pattern with the folder of the data, for example data/**/*.csv.",
  }),
  tooBigTogether: (size: number, where: Problem["where"]): Problem => ({
    code: "data-too-big",
    where,
    message: `The files of the data have ${showBytes(size)} together.`,
    allowed: `at most ${showBytes(maxDataBytes)}`,
    remedy: "Commit a representative sample and name that in the experiment.",
  }),
  dvcPointer: (path: string, pointer: string): Problem => ({
    code: "data-dvc-pointer",
    where: { path: pointer },
    message: "The data is kept by DVC: the repository holds only a pointer to it, so its content cannot be verified.",
    written: path,
    allowed: "a data file that is in the repository itself",
    remedy: "Commit the data file, or a sample of it, and name that in the experiment.",
  }),
  lfsPointer: (path: string): Problem => ({
    code: "data-lfs-pointer",
    where: { path },
    message:
      "The data is kept by Git LFS: the repository holds only a pointer to it, so its content cannot be verified.",
    allowed: "a data file that is in the repository itself",
    remedy: "Commit the data file, or a sample of it, without Git LFS, and name that in the experiment.",
  }),
  notAFile: (path: string, obstacle: Obstacle): Problem => ({
    code: `data-${obstacle.found}`,
    where: { path },
    message: describe("The data", path, obstacle),
    allowed: "an ordinary file in the repository",
    remedy:
      obstacle.found === "folder"
        ? "Name a file in it, or all of them by a pattern such as data/*.csv."
        : "Commit the data as an ordinary file.",
  }),
  tooBig: (entry: TreeEntry): Problem => ({
    code: "data-too-big",
    where: { path: entry.path },
    message: `The data file has ${showBytes(entry.size ?? 0)}.`,
    allowed: `at most ${showBytes(maxDataBytes)}`,
    remedy: "Commit a representative sample and name that in the experiment.",
  }),
};

const kinds = { symlink: "a symbolic link", submodule: "a submodule", folder: "a folder" };

function describe(what: string, path: string, { found, at }: Obstacle): string {
  return at === path ? `${what} is ${kinds[found]}.` : `${what} lies behind ${at}, which is ${kinds[found]}.`;
}
