import type { SplitOptions } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import { hashToUnit } from "../stats/hash.ts";

export interface SplitRows {
  train: Int32Array;
  holdout: Int32Array;
}

/**
 * Divides rows into training and hold-out by a seeded hash of each row's key: the order of rows changes nothing, a row
 * that is added or removed moves no other row, and rows that share a key are on the same side.
 *
 * @param keys row key per table row
 * @param rows the rows to divide; each side keeps their order
 * @param path repository path of the data file, for problems
 */
export function splitRows(
  keys: readonly string[],
  rows: Int32Array,
  split: SplitOptions,
  path: string,
): Outcome<SplitRows> {
  const heldOut = (row: number) => hashToUnit(keys[row]!, split.seed) < split.holdout;
  return divide(rows, heldOut, path, `holdout ${split.holdout}, seed ${split.seed}`);
}

/** Divides rows by a list of those to hold out. Rows of the list that are not among `rows` do not count. */
export function splitGiven(heldOut: ReadonlySet<number>, rows: Int32Array, path: string): Outcome<SplitRows> {
  return divide(rows, (row) => heldOut.has(row), path, `${heldOut.size} given rows`);
}

function divide(
  rows: Int32Array,
  isHeldOut: (row: number) => boolean,
  path: string,
  written: string,
): Outcome<SplitRows> {
  const heldOut = Uint8Array.from(rows, (row) => (isHeldOut(row) ? 1 : 0));
  const count = heldOut.reduce((sum, one) => sum + one, 0);
  if (count === 0 || count === rows.length) {
    return {
      ok: false,
      problems: [
        {
          code: count === 0 ? "empty-holdout" : "empty-training",
          where: { path, key: "split.holdout" },
          message: `The split leaves no rows ${count === 0 ? "to evaluate" : "to train"} on, out of ${rows.length}.`,
          written,
          allowed: "a split with rows on both sides",
          remedy: "Add data, or change split.holdout or split.seed. Copies of one row always stay together.",
        },
      ],
    };
  }
  return {
    ok: true,
    notes: [],
    value: { train: rows.filter((_, i) => heldOut[i] === 0), holdout: rows.filter((_, i) => heldOut[i] === 1) },
  };
}
