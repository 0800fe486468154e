import type { SplitOptions } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import { hashToUnit } from "../stats/hash.ts";
import { partitionRows, type SplitRows } from "./partition-rows.ts";

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
  split: Pick<SplitOptions, "holdout" | "seed">,
  path: string,
): Outcome<SplitRows> {
  return partitionRows(rows, (row) => hashToUnit(keys[row]!, split.seed) < split.holdout, path, {
    written: `holdout ${split.holdout}, seed ${split.seed}`,
    remedy: "Add data, or change split.holdout or split.seed. Copies of one row always stay together.",
  });
}
