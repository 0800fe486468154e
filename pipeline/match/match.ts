import type { ColumnChanges } from "./columns/find-column-changes.ts";
import type { Doubt, Refusal } from "./doubt.ts";
import type { RowPairs } from "./row-pairs.ts";

/**
 * Which row and which column of the base is which of the head, worked out once: every consumer takes it as a parameter.
 * Rows are zero-based; pairs are in the order of the head.
 */
export interface Match {
  /** What names the rows: the way that found them, and its columns (null: all). */
  naming: { way: string; columns: string[] | null };
  /** Rows of one name. */
  rows: RowPairs;
  /** The declared key names groups of rows, which are told apart by what they hold. */
  repeatedKey: boolean;
  /** The declared key, where its values were given to other rows: then it names none. */
  reassignedKey: string | null;
  /** Per row of the head: 1 where an earlier row has the same name. */
  repeats: Uint8Array;
  /** Rows that hold the same in every column of both sides but the target. */
  relabelled: RowPairs;
  /** Rows that hold the same in every column of both sides, whatever the columns are called. */
  unchanged: RowPairs;
  /** Rows of one declared key, where it names one row on either side and was not given to other rows; else null. */
  keyed: RowPairs | null;
  columns: ColumnChanges;
  doubts: Doubt[];
  /** Why the rows must not be compared; null when they may. */
  refusal: Refusal | null;
}
