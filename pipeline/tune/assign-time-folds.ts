/**
 * Deals training rows into folds by time, for a split that holds out the latest rows: the rows in order of time are cut
 * into one part more than there are folds, and each part but the first is a fold, which only the parts before it train.
 * So cross-validation predicts later rows from earlier ones, as the hold-out does. Rows of one time stay together.
 *
 * @param times one number per training row, none missing
 * @returns fold per training row; −1 for the first part, on which nothing is validated
 */
export function assignTimeFolds(times: ArrayLike<number>, folds: number): Int32Array {
  const sorted = Float64Array.from(times).sort();
  const first = new Map<number, number>();
  for (const [at, time] of sorted.entries()) if (!first.has(time)) first.set(time, at);
  return Int32Array.from(times, (time) => Math.floor(((folds + 1) * first.get(time)!) / sorted.length) - 1);
}
