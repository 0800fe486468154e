import type { RunSummary } from "../../pipeline/run-result.ts";
import type { Group } from "../verdict/check.ts";
import type { Finding } from "../verdict/finding.ts";
import type { Facts } from "./facts.ts";

/**
 * The files that a finding is about: the one that it names; else, of what a check of data found, the data files of its model at
 * base and head, and of what a check of models found, the model's experiment file. None where a finding is of no model.
 */
export function filesOf({ path, model }: Finding, group: Group | undefined, { models, policy }: Facts): string[] {
  if (path !== undefined) return [path];
  const review = models.find((one) => one.model === model);
  const experiment = policy.models.find(({ id }) => id === model)?.experiment;
  if (group === "model") return experiment === undefined ? [] : [experiment];
  if (group !== "data" || review === undefined) return [];
  const data = [review.base, review.head].flatMap((side) => (side.state === "ran" ? dataFiles(side.run) : []));
  return [...new Set(data)].sort();
}

function dataFiles({ lineage }: RunSummary): string[] {
  return lineage.dataFiles?.map(({ path }) => path) ?? [lineage.dataPath];
}
