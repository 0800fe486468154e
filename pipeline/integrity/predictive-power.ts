import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";
import { fewestRows, type PredictivePower, powerOfPredictions } from "./predicted-power.ts";
import { groupByValue, type ValueGroups } from "./value-groups.ts";

/** Table rows of each side of the split. */
export interface SplitSample {
  train: Int32Array;
  holdout: Int32Array;
}
/** At most so many rows of both sides of the split, thinned out evenly. */
export function sampleRows({ train, holdout }: SplitSample, most: number): SplitSample {
  return { train: thin(train, most), holdout: thin(holdout, most) };
}

/**
 * How well a feature alone predicts the target: what each of its values (numbers in up to 256 quantile bins; missing
 * is a value) meant in training is held against the hold-out. Two classes: ROC AUC of the rate of the second class.
 * More classes: balanced accuracy of the most frequent class. Regression: R² of the mean. Because it is measured on
 * rows that were not learned from, a column of identifiers scores nothing.
 *
 * Null when fewer than 50 hold-out rows, or fewer than ten of two classes, leave too little to measure.
 * Cost: O(rows + distinct values · log).
 */
export function predictivePower(
  column: Column,
  side: Pick<ExaminedSide, "task" | "classes" | "labels">,
  rows: SplitSample,
): PredictivePower | null {
  return powerOfGroups(groupByValue(column, rows.train, rows.holdout), side, rows);
}

/** The same, of rows that were grouped by anything else. */
export function powerOfGroups(
  groups: ValueGroups,
  side: Pick<ExaminedSide, "task" | "classes" | "labels">,
  rows: SplitSample,
): PredictivePower | null {
  if (rows.holdout.length < fewestRows || rows.train.length === 0) return null;
  const train = Float64Array.from(rows.train, (row) => side.labels[row]!);
  const meant =
    side.classes.length > 2
      ? majorityByGroup(train, groups.train, groups.count, side.classes.length)
      : meanByGroup(train, groups.train, groups.count, side.task === "regression" ? 0 : 1);
  const predicted = Float64Array.from(groups.holdout, (group) => meant[group]!);
  return powerOfPredictions(side, predicted, rows.holdout);
}

function thin(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!);
}

/**
 * Mean label per group; the last entry is for values not met in training.
 *
 * @param prior rows by which each group is drawn towards the mean of all: with one, a class that a single row shows
 * ranks below one that many rows show
 */
function meanByGroup(labels: Float64Array, groups: Int32Array, count: number, prior: number): Float64Array {
  const sums = new Float64Array(count + 1);
  const sizes = new Float64Array(count + 1);
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    sums[groups[i]!]! += labels[i]!;
    sizes[groups[i]!]! += 1;
    total += labels[i]!;
  }
  const overall = total / labels.length;
  return sums.map((sum, group) => (sizes[group] === 0 ? overall : (sum + prior * overall) / (sizes[group]! + prior)));
}

/** The most frequent class per group; the last entry is the most frequent class of all. */
function majorityByGroup(labels: Float64Array, groups: Int32Array, count: number, classes: number): Int32Array {
  const starts = new Int32Array(count + 2);
  for (const group of groups) starts[group + 1]! += 1;
  for (let group = 0; group <= count; group++) starts[group + 1]! += starts[group]!;
  const places = starts.slice();
  const sorted = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) sorted[places[groups[i]!]!++] = labels[i]!;
  const tally = new Int32Array(classes);
  const most = (from: number, to: number): number => {
    let best = -1;
    for (let i = from; i < to; i++) {
      const label = sorted[i]!;
      tally[label]! += 1;
      if (best < 0 || tally[label]! > tally[best]! || (tally[label] === tally[best] && label < best)) best = label;
    }
    for (let i = from; i < to; i++) tally[sorted[i]!] = 0;
    return best;
  };
  const majority = new Int32Array(count + 1);
  for (let group = 0; group < count; group++) majority[group] = most(starts[group]!, starts[group + 1]!);
  majority[count] = most(0, labels.length);
  return majority;
}
