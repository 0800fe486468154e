import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { type EstimatorOptions, parseExperiment } from "../../pipeline/experiment/parse-experiment.ts";
import { type Outcome, type Problem, refused } from "../../pipeline/problem.ts";
import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import { experimentProblem } from "./file-problems.ts";
import { type FoundData, findData } from "./find-data.ts";
import { findFile } from "./find-file.ts";
import { maxExperimentBytes } from "./limits.ts";

/** A `Revision` whose data has not been fetched yet, so that a cached answer costs no download. */
export type PreparedRevision =
  | { state: "ready"; commit: string; experiment: Experiment; data: FoundData }
  /** `experiment`: it is well, and what is wrong is the data that it names. */
  | { state: "problems"; commit: string; problems: Problem[]; experiment?: Experiment }
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
  const text = await readExperimentText(snapshot, experimentPath);
  if (text === null) return { state: "absent", commit };
  if (!text.ok) return { state: "problems", commit, problems: text.problems };
  const parsed = parseExperiment(text.value, experimentPath, estimators);
  if (!parsed.ok) return { state: "problems", commit, problems: parsed.problems };
  const data = await findData(snapshot, parsed.value, experimentPath);
  if (Array.isArray(data)) return { state: "problems", commit, problems: data, experiment: parsed.value };
  return { state: "ready", commit, experiment: parsed.value, data };
}

/** The experiment file, or why it can't be read; null where there is none. */
export async function readExperimentText(snapshot: Snapshot, experimentPath: string): Promise<Outcome<string> | null> {
  const file = await findFile(snapshot, experimentPath);
  if (file.found === "nothing") return null;
  if (file.found !== "file") return refused(experimentProblem.notAFile(experimentPath, file));
  const text = await readText(snapshot, file.entry);
  return typeof text === "string" ? { ok: true, value: text, notes: [] } : refused(text);
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
