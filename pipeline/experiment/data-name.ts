import { formatCount } from "../words.ts";
import type { Experiment } from "./experiment.ts";

/**
 * The data of an experiment in a few words, as the place of a problem and in lineage: the path or pattern as it was
 * written, the first three of several.
 */
export function dataName({ data }: Pick<Experiment, "data">): string {
  if (typeof data === "string") return data;
  const more = data.length - 3;
  return data.slice(0, 3).join(", ") + (more > 0 ? ` and ${formatCount(more)} more` : "");
}
