import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { Prepared } from "../preprocess/preprocess.ts";
import { keyColumnKeys } from "../split/key-column.ts";
import { readTimes } from "../split/read-times.ts";
import { rowNames } from "../split/row-names.ts";
import type { Column, Table } from "../table/table.ts";

/** What a search may see: the training rows of a split, before any encoding was learned. */
export interface TrainingData {
  table: Table;
  /** Repository path of the data file, for problems. */
  path: string;
  /** Feature columns in file order. */
  columns: Column[];
  /** Zero-based data rows; the other arrays are parallel. */
  rows: Int32Array;
  target: Int32Array | Float64Array;
  keys: string[];
  /** When the split is by time: what orders the rows. */
  times: Float64Array | null;
  task: Task;
  classes: number;
  positive: number | null;
}

/** The training rows of a prepared experiment, keyed as its split keyed them. */
export function trainingData(table: Table, experiment: Experiment, prepared: Prepared): TrainingData {
  const { classes, positive, train, trainRows, task } = prepared;
  const features = new Set(prepared.features.map(({ name }) => name));
  // What the split keeps together stays together in the folds as well.
  const keyName = experiment.split.by === "group" ? experiment.split.column : experiment.key;
  const keyColumn = table.columns.find(({ name }) => name === keyName);
  const keyed = keyColumn === undefined ? null : keyColumnKeys(keyColumn, dataName(experiment));
  const keys = keyed?.ok ? keyed.value : rowNames(table, null);
  const timeColumn =
    experiment.split.by === "time" ? table.columns.find(({ name }) => name === experiment.split.column) : undefined;
  const times = timeColumn === undefined ? null : readTimes(timeColumn).values;
  return {
    table,
    path: dataName(experiment),
    columns: table.columns.filter(({ name }) => features.has(name)),
    rows: trainRows,
    target: train.target,
    keys: Array.from(trainRows, (row) => keys[row]!),
    times: times === null ? null : Float64Array.from(trainRows, (row) => times[row]!),
    task,
    classes: classes.length,
    positive: positive === null ? null : classes.indexOf(positive),
  };
}
