import { countBelow } from "../../stats/count-below.ts";
import type { Matrix } from "../estimator.ts";

/** Features as small integers, for histograms. A slot is one bin of one column. */
export interface BinnedFeatures {
  rows: number;
  columns: number;
  /** Per column, ascending: bin b holds the values over thresholds[b − 1] and up to thresholds[b]. */
  thresholds: Float64Array[];
  /** First slot of each column, and the number of slots at the end. */
  slots: Int32Array;
  /** Column-major bin of each value. */
  bins: Uint8Array;
  /** Per column the bin that most rows have; it is left out of `entries`. */
  usualBin: Uint8Array;
  /** Per row, from `starts[row]` to `starts[row + 1]`: the slots of its values that are not in the usual bin. */
  starts: Int32Array;
  entries: Int32Array;
}

/** One byte holds a bin. */
export const MAX_BINS = 255;

/** Cuts each column into at most `maxBins` bins. Row order changes nothing but the order of rows. */
export function binFeatures({ rows, columns, values }: Matrix, maxBins = MAX_BINS): BinnedFeatures {
  const thresholds: Float64Array[] = [];
  const slots = new Int32Array(columns + 1);
  const bins = new Uint8Array(rows * columns);
  const usualBin = new Uint8Array(columns);
  const lengths = new Int32Array(rows);
  const column = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    for (let row = 0; row < rows; row++) column[row] = values[row * columns + j]!;
    const cuts = cutPoints(column, maxBins);
    const counts = new Int32Array(cuts.length + 1);
    for (let row = 0; row < rows; row++) {
      const bin = countBelow(cuts, column[row]!);
      bins[j * rows + row] = bin;
      counts[bin]!++;
    }
    const usual = counts.indexOf(Math.max(...counts));
    for (let row = 0; row < rows; row++) if (bins[j * rows + row] !== usual) lengths[row]!++;
    thresholds.push(cuts);
    usualBin[j] = usual;
    slots[j + 1] = slots[j]! + counts.length;
  }
  const { starts, entries } = listUnusual(rows, columns, bins, usualBin, slots, lengths);
  return { rows, columns, thresholds, slots, bins, usualBin, starts, entries };
}

function listUnusual(
  rows: number,
  columns: number,
  bins: Uint8Array,
  usualBin: Uint8Array,
  slots: Int32Array,
  lengths: Int32Array,
): Pick<BinnedFeatures, "starts" | "entries"> {
  const starts = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) starts[row + 1] = starts[row]! + lengths[row]!;
  const entries = new Int32Array(starts[rows]!);
  const next = starts.slice();
  for (let j = 0; j < columns; j++) {
    const usual = usualBin[j]!;
    const first = slots[j]!;
    for (let row = 0; row < rows; row++) {
      const bin = bins[j * rows + row]!;
      if (bin !== usual) entries[next[row]!++] = first + bin;
    }
  }
  return { starts, entries };
}

/**
 * Where a column is cut: halfway between neighboring values when there are few, at equally spaced quantiles (inverted
 * distribution function, averaged at its steps) when there are more than `maxBins`, as in scikit-learn's histogram
 * gradient boosting.
 */
function cutPoints(column: Float64Array, maxBins: number): Float64Array {
  const pair = twoValues(column);
  if (pair !== null) return pair[0] === pair[1] ? new Float64Array(0) : Float64Array.of(halfway(pair[0], pair[1]));
  const sorted = column.slice().sort();
  const distinct = withoutRepeats(sorted);
  if (distinct.length <= maxBins) return distinct.slice(1).map((value, i) => halfway(distinct[i]!, value));
  const cuts = new Float64Array(maxBins - 1);
  for (let i = 0; i < cuts.length; i++) {
    // In this order of operations, whose rounding decides whether a step is averaged, as in numpy.percentile.
    const position = sorted.length * (((i + 1) * (100 / maxBins)) / 100) - 1;
    const below = Math.floor(position);
    cuts[i] = position === below ? halfway(sorted[below]!, sorted[below + 1]!) : sorted[below + 1]!;
  }
  return withoutRepeats(cuts);
}

/** The smaller and the larger value when there are at most two, as in a one-hot column; else null. */
function twoValues(column: Float64Array): [number, number] | null {
  const first = column[0] ?? 0;
  let second = first;
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    if (value === first || value === second) continue;
    if (second !== first) return null;
    second = value;
  }
  return first < second ? [first, second] : [second, first];
}

/** Between two values, at least the lower and below the higher, so that the cut parts them. */
export function halfway(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

function withoutRepeats(sorted: Float64Array): Float64Array {
  const kept = new Float64Array(sorted.length);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) kept[count++] = sorted[i]!;
  }
  return kept.slice(0, count);
}
