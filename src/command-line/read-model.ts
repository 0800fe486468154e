import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { readData } from "../../pipeline/read/read-data.ts";
import type { DataProfile } from "../../pipeline/table/profile.ts";
import type { Table } from "../../pipeline/table/table.ts";
import { dataFetcher } from "../prepare/fetch-data.ts";
import { temporaryFolder } from "../prepare/temporary-folder.ts";
import { openRevision, prepareModel, type RevisionChoice } from "./open-revision.ts";
import { noModel } from "./usage-problems.ts";

export interface ModelChoice extends RevisionChoice {
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
export async function readModel({ model, ...choice }: ModelChoice): Promise<Outcome<ReadModel>> {
  const opened = await openRevision(choice);
  if (!opened.ok) return opened;
  const { snapshot, models } = opened.value;
  const ids = models.map(({ id }) => id);
  if (model === undefined && models.length > 1) return { ok: false, problems: [severalModels(ids)] };
  const chosen = model === undefined ? models[0] : models.find(({ id }) => id === model);
  if (chosen === undefined) return { ok: false, problems: [noModel(model ?? "", ids)] };

  const prepared = await prepareModel(snapshot, chosen);
  if (!prepared.ok) return prepared;
  const { experiment, data } = prepared.value;
  await using folder = await temporaryFolder("modelsync-data-");
  const fetched = await dataFetcher(folder.path)(snapshot, data);
  const read = await readData(fetched, experiment);
  if (!read.ok) return read;
  const { id, experiment: experimentPath } = chosen;
  return { ...read, value: { id, experiment, experimentPath, dataBlob: fetched.blob, ...read.value } };
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
