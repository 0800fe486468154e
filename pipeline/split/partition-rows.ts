import type { Outcome } from "../problem.ts";
import { formatCount } from "../words.ts";

export interface SplitRows {
  train: Int32Array;
  holdout: Int32Array;
}

/**
 * Puts each row on its side; each side keeps the order of `rows`. A side without rows is a problem.
 *
 * @param path repository path of the data file
 * @param split how the rows were to be divided, and what to do when that leaves a side empty
 */
export function partitionRows(
  rows: Int32Array,
  isHeldOut: (row: number) => boolean,
  path: string,
  split: { written: string; remedy: string },
): Outcome<SplitRows> {
  const train = new Int32Array(rows.length);
  const holdout = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (isHeldOut(row)) holdout[count++] = row;
    else train[i - count] = row;
  }
  if (count === 0 || count === rows.length) {
    return {
      ok: false,
      problems: [
        {
          code: count === 0 ? "empty-holdout" : "empty-training",
          where: { path, key: "split.holdout" },
          message: `The split leaves no rows ${count === 0 ? "to evaluate" : "to train"} on, out of ${formatCount(rows.length)}.`,
          written: split.written,
          allowed: "a split with rows on both sides",
          remedy: split.remedy,
        },
      ],
    };
  }
  return {
    ok: true,
    notes: [],
    value: { train: train.slice(0, rows.length - count), holdout: holdout.slice(0, count) },
  };
}
