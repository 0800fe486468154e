import { tasksOf } from "../models/registry.ts";
import { preprocess } from "../preprocess/preprocess.ts";
import type { Outcome } from "../problem.ts";
import { readData } from "../read/read-data.ts";
import type { Inspection, InspectJob } from "./inspect-protocol.ts";

/** Does what comes before training: reads the data, finds the columns that the experiment names, and divides the rows. */
export async function inspectJob({ experiment, data }: InspectJob): Promise<Outcome<Inspection>> {
  const read = await readData(data, experiment);
  if (!read.ok) return read;
  const { table } = read.value;
  const columns = table.columns.map(({ name }) => name);
  const prepared = preprocess(table, experiment, { tasks: tasksOf(experiment.model) });
  return prepared.ok
    ? {
        ok: true,
        value: { columns, task: prepared.value.task, problems: [] },
        notes: [...read.notes, ...prepared.notes],
      }
    : { ok: true, value: { columns, task: null, problems: prepared.problems }, notes: read.notes };
}
