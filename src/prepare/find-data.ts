import { posix } from "node:path";
import { dataName } from "../../pipeline/experiment/data-name.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import { dataProblem } from "./file-problems.ts";
import { findFile } from "./find-file.ts";
import { findMatching, maxFolders } from "./find-matching.ts";
import { maxDataBytes, maxDataFiles } from "./limits.ts";
import { folderBefore, isPattern } from "./match-path.ts";

/** The files that an experiment names, found and not fetched. */
export interface FoundData {
  /** At least one, sorted by path. */
  files: TreeEntry[];
  labels: TreeEntry | null;
}

type Place = { path: string; key: string };

/** Finds the data of an experiment in a revision, or tells every reason why it cannot be read. */
export async function findData(
  snapshot: Snapshot,
  experiment: Pick<Experiment, "data" | "labels">,
  experimentPath: string,
): Promise<FoundData | Problem[]> {
  const problems: Problem[] = [];
  const keep = async (entries: Promise<TreeEntry[] | Problem[]>) => {
    const found = await entries;
    problems.push(...found.filter((one): one is Problem => "code" in one));
    return found.filter((one): one is TreeEntry => !("code" in one));
  };
  const files = new Map<string, TreeEntry>();
  const left = { folders: maxFolders };
  const place = { path: experimentPath, key: "data" };
  for (const path of [experiment.data].flat()) {
    const found = isPattern(path) ? findPattern(snapshot, path, place, left) : findOne(snapshot, path, place);
    for (const entry of await keep(found)) files.set(entry.path, entry);
  }
  const labelsPlace = { path: experimentPath, key: "labels.data" };
  const [labels = null] =
    experiment.labels === undefined ? [] : await keep(findOne(snapshot, experiment.labels.data, labelsPlace));

  const entries = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (entries.length > maxDataFiles) problems.push(dataProblem.tooMany(dataName(experiment), entries.length, place));
  const size = [...entries, labels].reduce((sum, entry) => sum + (entry?.size ?? 0), 0);
  if (problems.length === 0 && size > maxDataBytes) problems.push(dataProblem.tooBigTogether(size, place));
  return problems.length > 0 ? problems.slice(0, 50) : { files: entries, labels };
}

async function findPattern(
  snapshot: Snapshot,
  pattern: string,
  place: Place,
  left: { folders: number },
): Promise<TreeEntry[] | Problem[]> {
  const folder = folderBefore(pattern);
  const start = folder === "" ? null : await findFile(snapshot, folder);
  if (start !== null && start.found !== "nothing" && start.found !== "folder") {
    return [start.found === "file" ? dataProblem.noMatch(pattern, place) : dataProblem.notAFile(folder, start)];
  }
  const entries = await findMatching(snapshot, pattern, left);
  if (entries === null) return [dataProblem.tooManyFolders(pattern, place)];
  if (entries.length === 0) {
    const pointer = await findDvcPointer(snapshot, folder);
    return [pointer === null ? dataProblem.noMatch(pattern, place) : dataProblem.dvcPointer(pattern, pointer)];
  }
  if (entries.length > maxDataFiles) return [dataProblem.tooMany(pattern, entries.length, place)];
  const checked = await Promise.all(entries.map((entry) => check(snapshot, entry)));
  const problems = checked.filter((one) => "code" in one);
  return problems.length > 0 ? problems : entries;
}

/** The file that a path means to somebody who counts from the experiment's folder. */
async function findBeside(snapshot: Snapshot, path: string, experimentPath: string): Promise<string | null> {
  const beside = posix.join(posix.dirname(experimentPath), path);
  return beside !== path && (await findFile(snapshot, beside)).found === "file" ? beside : null;
}

async function findOne(snapshot: Snapshot, path: string, place: Place): Promise<TreeEntry[] | Problem[]> {
  const file = await findFile(snapshot, path);
  if (file.found === "nothing") {
    const pointer = await findDvcPointer(snapshot, path);
    if (pointer !== null) return [dataProblem.dvcPointer(path, pointer)];
    return [dataProblem.missing(path, place, await findBeside(snapshot, path, place.path))];
  }
  if (file.found !== "file") return [dataProblem.notAFile(path, file)];
  return [await check(snapshot, file.entry)] as TreeEntry[] | Problem[];
}

/** The pointer of the file or of a folder that it lies in: DVC can keep `data` as a whole under `data.dvc`. */
async function findDvcPointer(snapshot: Snapshot, path: string): Promise<string | null> {
  const parts = path.split("/").filter((part) => part !== "");
  for (let depth = parts.length; depth > 0; depth -= 1) {
    const pointer = `${parts.slice(0, depth).join("/")}.dvc`;
    if ((await snapshot.entry(pointer)) !== null) return pointer;
  }
  return null;
}

/** The entry itself when it is a file whose content is in the repository and not too large. */
async function check(snapshot: Snapshot, entry: TreeEntry): Promise<TreeEntry | Problem> {
  const { path, kind } = entry;
  if (kind !== "file") return dataProblem.notAFile(path, { found: kind, at: path });
  if (path.endsWith(".dvc")) return dataProblem.dvcPointer(path, path);
  if ((entry.size ?? 0) > maxDataBytes) return dataProblem.tooBig(entry);
  return (await isLfsPointer(snapshot, entry)) ? dataProblem.lfsPointer(path) : entry;
}

/** A Git LFS pointer is a text of at most 1,024 bytes that begins with its version line. */
async function isLfsPointer(snapshot: Snapshot, entry: TreeEntry): Promise<boolean> {
  if (entry.size === null || entry.size > 1024) return false;
  const start = Buffer.from(await snapshot.read(entry, 1024)).toString("latin1");
  return /^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\/spec\//.test(start);
}
