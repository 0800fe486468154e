import type { Experiment } from "../experiment/experiment.ts";
import type { RowPairs } from "../match/row-pairs.ts";
import type { Scored } from "../metrics/metric.ts";
import type { Run } from "../run.ts";
import { groupsOfRows, numberGroups, whereRepeated } from "../split/groups-of-rows.ts";
import type { Column } from "../table/table.ts";
import { takeValues } from "../table/take-rows.ts";

/** What both models say about the same rows, judged by the same labels over the same classes. */
export interface PairedSample {
  rows: number;
  base: Scored;
  head: Scored;
  /** Per row: its zero-based data row in each side's file. */
  baseRows: Int32Array;
  headRows: Int32Array;
  /** The group of each row, from 0 without gaps, when rows of one group are not independent; absent: rows are. */
  groups?: Int32Array;
}

type Predictions = Pick<Run, "holdout" | "classes" | "positive" | "task">;

/**
 * Lays the predictions of both sides side by side.
 *
 * @param truth whose labels and positive class judge both models
 * @param classes of the sample; one that a model does not know has probability 0 there
 */
export function pairSample(
  base: Predictions,
  head: Predictions,
  pairs: RowPairs,
  classes: readonly string[],
  truth: "base" | "head" = "head",
): PairedSample {
  const task = head.task;
  const judge = { base, head }[truth];
  const actual = take(judge, judge.holdout.actual, pairs[truth], classes);
  const positive = task === "binary" && judge.positive !== null ? classes.indexOf(judge.positive) : null;
  const scored = (side: Predictions, positions: Int32Array): Scored => ({
    task,
    actual,
    predicted: take(side, side.holdout.predicted, positions, classes),
    probabilities: takeProbabilities(side, positions, classes),
    classes: classes.length,
    positive: positive === -1 ? null : positive,
  });
  return {
    rows: actual.length,
    base: scored(base, pairs.base),
    head: scored(head, pairs.head),
    baseRows: pairs.base.map((position) => base.holdout.rows[position]!),
    headRows: pairs.head.map((position) => head.holdout.rows[position]!),
  };
}

/** The rows of a sample at these positions, in this order. */
export function subsample(sample: PairedSample, positions: Int32Array): PairedSample {
  const groups = sample.groups && whereRepeated(numberGroups(positions.map((row) => sample.groups![row]!)));
  return {
    rows: positions.length,
    base: sliceScored(sample.base, positions),
    head: sliceScored(sample.head, positions),
    baseRows: positions.map((row) => sample.baseRows[row]!),
    headRows: positions.map((row) => sample.headRows[row]!),
    ...(groups ? { groups } : {}),
  };
}

/**
 * The sample with the group of each row, where rows of one group are not independent; see `groupsOfRows`.
 *
 * @param headColumn a column of the head's table
 */
export function withGroups(
  sample: PairedSample,
  experiment: Pick<Experiment, "split" | "key">,
  headColumn: (name: string) => Column | null,
): PairedSample {
  const groups = groupsOfRows(sample.headRows, experiment, headColumn);
  return groups === undefined ? sample : { ...sample, groups };
}

function take(
  { task, classes: own }: Predictions,
  values: readonly number[],
  positions: Int32Array,
  classes: readonly string[],
): Int32Array | Float64Array {
  if (task === "regression") return Float64Array.from(positions, (position) => values[position]!);
  const translated = own.map((name) => classes.indexOf(name));
  return positions.map((position) => translated[values[position]!]!);
}

function takeProbabilities(side: Predictions, positions: Int32Array, classes: readonly string[]): Float64Array {
  const own = side.classes.length;
  const taken = new Float64Array(positions.length * classes.length);
  if (side.task === "regression") return new Float64Array(0);
  const translated = side.classes.map((name) => classes.indexOf(name));
  for (let row = 0; row < positions.length; row++) {
    for (let which = 0; which < own; which++) {
      taken[row * classes.length + translated[which]!] = side.holdout.probabilities[positions[row]! * own + which]!;
    }
  }
  return taken;
}

function sliceScored(scored: Scored, positions: Int32Array): Scored {
  const { classes, probabilities } = scored;
  const part = new Float64Array(probabilities.length === 0 ? 0 : positions.length * classes);
  for (let row = 0; row < positions.length && part.length > 0; row++) {
    const start = positions[row]! * classes;
    part.set(probabilities.subarray(start, start + classes), row * classes);
  }
  return {
    ...scored,
    actual: takeValues(scored.actual, positions),
    predicted: takeValues(scored.predicted, positions),
    probabilities: part,
  };
}
