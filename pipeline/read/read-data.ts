import type { Experiment } from "../experiment/experiment.ts";
import { type Outcome, problemsOf } from "../problem.ts";
import { joinLabels } from "./join-labels.ts";
import { type LocalFile, readParts } from "./read-parts.ts";
import { type ReadTable, readTable } from "./read-table.ts";

/** The data of an experiment as local files. */
export interface DataSource {
  /** At least one, in the order of their rows. */
  files: readonly LocalFile[];
  /** The file that `labels` names; null when the experiment names none. */
  labels: LocalFile | null;
}

/** What of an experiment decides how its data is read. */
export type DataRecipe = Pick<Experiment, "format" | "missing" | "columns" | "labels">;

/**
 * Reads the data of an experiment into one table: the files below one another, and the columns of the labels beside them.
 *
 * The labels are read with a header line and a delimiter of their own; all else holds for them as well.
 */
export async function readData({ files, labels }: DataSource, recipe: DataRecipe): Promise<Outcome<ReadTable>> {
  const { format, missing, columns } = recipe;
  const features = await readParts(files, format, { missing, columns });
  if (labels === null || recipe.labels === undefined) return features;
  const own = { ...format, delimiter: null, header: true, names: null };
  const labeled = await readTable(labels.file, labels.path, own, { missing, columns });
  if (!features.ok || !labeled.ok) {
    return { ok: false, problems: problemsOf(features, labeled) };
  }
  const paths = { data: files[0]!.path, labels: labels.path };
  const joined = joinLabels(features.value, labeled.value.table, [recipe.labels.key].flat(), paths);
  if (!joined.ok) return joined;
  return { ...joined, notes: [...features.notes, ...labeled.notes, ...joined.notes] };
}
