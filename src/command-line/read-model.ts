import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { readData } from "../../pipeline/read/read-data.ts";
import type { DataProfile } from "../../pipeline/table/profile.ts";
import type { Table } from "../../pipeline/table/table.ts";
import { readPolicy } from "../git/local-policy.ts";
import { openRepository } from "../git/repository.ts";
import { dataFetcher } from "../prepare/fetch-data.ts";
import { prepareRevision } from "../prepare/prepare-revision.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { noExperiment, noModel, unknownRevision } from "./usage-problems.ts";

export interface ModelChoice {
  repository: string;
  revision: string;
  /** May be left out when the policy has one model only. */
  model?: string;
}

/** One model of the policy at one revision, with its data in memory. */
export interface ReadModel {
  id: string;
  experiment: Experiment;
  experimentPath: string;
  /** Names the content of the data. */
  dataBlob: string;
  table: Table;
  profile: DataProfile;
}

/** Reads the one model that a command is about, or tells every reason why it cannot. */
export async function readModel({ repository, revision, model }: ModelChoice): Promise<Outcome<ReadModel>> {
  const opened = await openRepository(repository);
  if (!opened.ok) return opened;
  const commit = await opened.value.commit(revision);
  if (commit === null) return { ok: false, problems: [unknownRevision("--revision", revision)] };
  const snapshot = opened.value.snapshot(commit);
  const policy = await readPolicy(snapshot, revision, await loadChecks());
  if (!policy.ok) return policy;
  const { models } = policy.value;
  const ids = models.map(({ id }) => id);
  if (model === undefined && models.length > 1) return { ok: false, problems: [severalModels(ids)] };
  const chosen = model === undefined ? models[0] : models.find(({ id }) => id === model);
  if (chosen === undefined) return { ok: false, problems: [noModel(model ?? "", ids)] };

  const { id, experiment: experimentPath } = chosen;
  const prepared = await prepareRevision(snapshot, experimentPath, estimators);
  if (prepared.state === "absent") return { ok: false, problems: [noExperiment(id, experimentPath)] };
  if (prepared.state === "problems") return { ok: false, problems: prepared.problems };
  const { experiment, data } = prepared;
  const folder = await mkdtemp(join(tmpdir(), "modelsync-data-"));
  try {
    const fetched = await dataFetcher(folder)(snapshot, data);
    const read = await readData(fetched, experiment);
    if (!read.ok) return read;
    const value = { id, experiment, experimentPath, dataBlob: fetched.blob, ...read.value };
    return { ok: true, value, notes: read.notes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function severalModels(ids: readonly string[]): Problem {
  return {
    code: "several-models",
    where: { path: "--model" },
    message: `The policy has ${ids.length} models, and this command takes one.`,
    allowed: ids.join(", "),
    remedy: "Name one of them with --model.",
  };
}
