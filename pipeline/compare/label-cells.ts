import type { Scored } from "../metrics/metric.ts";
import type { PairedSample } from "./paired-sample.ts";

/** Rows with the same actual, base and head class, as one row each. */
export interface LabelCells {
  base: Scored;
  head: Scored;
  /** The weight of every cell. The array is reused: valid until the next call. */
  weigh(weights: Float64Array): Float64Array;
}

/**
 * Collapses a classification sample to its distinct (actual, base, head) labels. A metric that needs labels only has the
 * same value on the weighted cells as on the rows, and a bootstrap evaluates about a dozen cells instead of every row.
 * Probabilities are left out. Cost: O(rows) to build and to weigh.
 */
export function labelCells({ rows, base, head }: PairedSample): LabelCells {
  const places = new Map<number, number>();
  const cellOf = new Int32Array(rows);
  const first: number[] = [];
  for (let row = 0; row < rows; row++) {
    const identity = (base.actual[row]! * base.classes + base.predicted[row]!) * base.classes + head.predicted[row]!;
    let cell = places.get(identity);
    if (cell === undefined) {
      cell = places.size;
      places.set(identity, cell);
      first.push(row);
    }
    cellOf[row] = cell;
  }
  const collapse = (side: Scored): Scored => ({
    ...side,
    actual: Int32Array.from(first, (row) => side.actual[row]!),
    predicted: Int32Array.from(first, (row) => side.predicted[row]!),
    probabilities: new Float64Array(0),
  });
  const totals = new Float64Array(first.length);
  const weigh = (weights: Float64Array): Float64Array => {
    totals.fill(0);
    for (let row = 0; row < rows; row++) totals[cellOf[row]!]! += weights[row]!;
    return totals;
  };
  return { base: collapse(base), head: collapse(head), weigh };
}
