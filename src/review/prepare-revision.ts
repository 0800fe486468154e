import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { type EstimatorOptions, parseExperiment } from "../../pipeline/experiment/parse-experiment.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import { dataProblem, experimentProblem } from "./file-problems.ts";
import { findFile } from "./find-file.ts";
import { maxDataBytes, maxExperimentBytes } from "./limits.ts";

/** A `Revision` whose data has not been fetched yet, so that a cached answer costs no download. */
export type PreparedRevision =
  | { state: "ready"; commit: string; experiment: Experiment; data: TreeEntry }
  | { state: "problems"; commit: string; problems: Problem[] }
  | { state: "absent"; commit: string };

/**
 * Reads one side of a model: the experiment file at `experimentPath`, and what lies where it says the data is.
 *
 * Everything read is untrusted and capped before it is read. Rejects only when the snapshot itself cannot be read, for
 * example because the network failed; the caller retries.
 */
export async function prepareRevision(
  snapshot: Snapshot,
  experimentPath: string,
  estimators: EstimatorOptions,
): Promise<PreparedRevision> {
  const { commit } = snapshot;
  const file = await findFile(snapshot, experimentPath);
  if (file.found === "nothing") return { state: "absent", commit };
  if (file.found !== "file") {
    return { state: "problems", commit, problems: [experimentProblem.notAFile(experimentPath, file)] };
  }
  const text = await readText(snapshot, file.entry);
  if (typeof text !== "string") return { state: "problems", commit, problems: [text] };
  const parsed = parseExperiment(text, experimentPath, estimators);
  if (!parsed.ok) return { state: "problems", commit, problems: parsed.problems };
  const data = await findData(snapshot, parsed.value.data, experimentPath);
  if ("code" in data) return { state: "problems", commit, problems: [data] };
  return { state: "ready", commit, experiment: parsed.value, data };
}

async function readText(snapshot: Snapshot, entry: TreeEntry): Promise<string | Problem> {
  if ((entry.size ?? 0) > maxExperimentBytes) return experimentProblem.tooBig(entry);
  const bytes = await snapshot.read(entry, maxExperimentBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return experimentProblem.notText(entry.path);
  }
}

async function findData(snapshot: Snapshot, path: string, experimentPath: string): Promise<TreeEntry | Problem> {
  const file = await findFile(snapshot, path);
  if (file.found === "nothing") {
    const pointer = await snapshot.entry(`${path}.dvc`);
    return pointer === null ? dataProblem.missing(path, experimentPath) : dataProblem.dvcPointer(path, pointer.path);
  }
  if (file.found !== "file") return dataProblem.notAFile(path, file);
  if (path.endsWith(".dvc")) return dataProblem.dvcPointer(path, path);
  const { entry } = file;
  if ((entry.size ?? 0) > maxDataBytes) return dataProblem.tooBig(entry);
  return (await isLfsPointer(snapshot, entry)) ? dataProblem.lfsPointer(path) : entry;
}

/** A Git LFS pointer is a text of at most 1,024 bytes that begins with its version line. */
async function isLfsPointer(snapshot: Snapshot, entry: TreeEntry): Promise<boolean> {
  if (entry.size === null || entry.size > 1024) return false;
  const start = Buffer.from(await snapshot.read(entry, 1024)).toString("latin1");
  return /^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\/spec\//.test(start);
}
