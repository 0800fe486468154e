import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { Matrix, TrainingSet } from "../models/estimator.ts";
import { type Outcome, problemsOf } from "../problem.ts";
import { checkTimes } from "../split/check-times.ts";
import { divideRows } from "../split/divide-rows.ts";
import { keyColumnKeys } from "../split/key-column.ts";
import { occurrenceKeys } from "../split/occurrence-keys.ts";
import { rowNames } from "../split/row-names.ts";
import { type Selection, selectFeatures } from "../split/select-features.ts";
import { sortByKey } from "../split/sort-by-key.ts";
import type { Table } from "../table/table.ts";
import { takeValues } from "../table/take-rows.ts";
import { applyPreprocessor } from "./apply-preprocessor.ts";
import { fitPreprocessor } from "./fit-preprocessor.ts";
import type { SerializedPreprocessor } from "./preprocessor.ts";

/** A table made ready for one experiment: numbers to train on and numbers to evaluate on. */
export interface Prepared {
  task: Task;
  /** Sorted; empty for regression. */
  classes: string[];
  positive: string | null;
  features: { name: string; type: "numeric" | "categorical" }[];
  preprocessor: SerializedPreprocessor;
  train: TrainingSet;
  /** Zero-based data rows of the table, parallel to `train`. */
  trainRows: Int32Array;
  holdout: PreparedHoldout;
  rows: { total: number; train: number; holdout: number; dropped: number };
}

/** Hold-out rows sorted by key; arrays are parallel. */
export interface PreparedHoldout {
  /** `<row key>#<occurrence>`. */
  keys: string[];
  /** Zero-based data rows of the table. */
  rows: Int32Array;
  features: Matrix;
  /** Class index, or the value. */
  actual: Int32Array | Float64Array;
}

export interface PrepareOptions {
  /** What the experiment's estimator can do. */
  tasks: readonly Task[];
  /** Row keys that replace the experiment's own, for a yardstick that two revisions share. One per table row. */
  keys?: readonly string[];
  /** Zero-based rows to hold out instead of those that the split would choose, as when a published split is repeated. */
  heldOut?: ReadonlySet<number>;
}

/**
 * Preprocessing as a story: select the columns, key the rows, split them, learn the encoding from the training rows,
 * apply it to both sides. Rows are put in the order of their keys, so that their order in the file changes nothing.
 */
export function preprocess(table: Table, experiment: Experiment, options: PrepareOptions): Outcome<Prepared> {
  const path = dataName(experiment);
  const selected = selectFeatures(table, experiment, options.tasks);
  // Rows that were divided elsewhere may be of a table that lacks the column.
  const dated: Experiment = options.heldOut === undefined ? experiment : { ...experiment, time: undefined };
  const timed = checkTimes(table, dated, selected.ok ? selected.value.rows : null);
  if (!selected.ok || !timed.ok) return { ok: false, problems: problemsOf(selected, timed) };
  const { target, features, rows } = selected.value;
  const divided = keyAndDivide(table, selected.value, experiment, options);
  if (!divided.ok) return divided;
  const { train, holdout, holdoutKeys } = divided.value;

  const fitted = fitPreprocessor(features, train, path);
  if (!fitted.ok) return fitted;
  const preprocessor = fitted.value;
  const trainMatrix = applyPreprocessor(table, train, preprocessor, path);
  if (!trainMatrix.ok) return trainMatrix;

  const { task, classes, positive } = target;
  return {
    ok: true,
    notes: [...selected.notes, ...timed.notes, ...divided.notes],
    value: {
      task,
      classes,
      positive,
      features: features.map(({ name, type }) => ({ name, type })),
      preprocessor,
      train: { features: trainMatrix.value, target: takeValues(target.values, train), classes: classes.length, task },
      trainRows: train,
      holdout: heldOutRows(table, holdout, preprocessor, {
        keys: holdoutKeys,
        actual: takeValues(target.values, holdout),
      }),
      rows: {
        total: table.rowCount,
        train: train.length,
        holdout: holdout.length,
        dropped: table.rowCount - rows.length,
      },
    },
  };
}

/**
 * Both sides in the order of their keys. Only the keys of the hold-out leave this function: those of all rows are as large as
 * their cells.
 */
function keyAndDivide(
  table: Table,
  { key, split: column, rows }: Selection,
  experiment: Experiment,
  { keys: given, heldOut }: PrepareOptions,
): Outcome<{ train: Int32Array; holdout: Int32Array; holdoutKeys: string[] }> {
  const path = dataName(experiment);
  const keyed = key === null ? null : keyColumnKeys(key, path);
  if (keyed !== null && !keyed.ok && given === undefined) return keyed;
  const keys = given ?? (keyed?.ok ? keyed.value : rowNames(table, null));
  const sorted = sortByKey(rows, keys, table);
  const split = divideRows({ keys, rows: sorted, split: experiment.split, column, heldOut }, path);
  if (!split.ok) return split;
  const { train, holdout } = split.value;
  const holdoutKeys = occurrenceKeys(Array.from(holdout, (row) => keys[row]!));
  return {
    ok: true,
    value: { train, holdout, holdoutKeys },
    notes: [...(keyed?.ok ? keyed.notes : []), ...split.notes],
  };
}

/** The hold-out, encoded when its features are asked for: after training, whose numbers take three times the memory. */
function heldOutRows(
  table: Table,
  rows: Int32Array,
  preprocessor: SerializedPreprocessor,
  named: Pick<PreparedHoldout, "keys" | "actual">,
): PreparedHoldout {
  let encoded: Matrix | null = null;
  return {
    ...named,
    rows,
    get features() {
      encoded ??= encodeFitted(table, rows, preprocessor);
      return encoded;
    },
  };
}

function encodeFitted(table: Table, rows: Int32Array, preprocessor: SerializedPreprocessor): Matrix {
  const encoded = applyPreprocessor(table, rows, preprocessor, "data");
  if (!encoded.ok) throw new Error("columns that were fitted cannot be absent");
  return encoded.value;
}
