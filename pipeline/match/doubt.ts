/**
 * What a reader must know about how the rows and columns of two tables were brought together, as a kind and its numbers.
 * Names come from a pull request.
 */
export type Doubt =
  /** The key that the head declares is not a column of both tables. */
  | { kind: "key-absent"; key: string }
  /** The tables have other columns, so those of both name the rows. Numbers of columns. */
  | { kind: "columns-differ"; shared: number; base: number; head: number }
  /** Rows have the key of another row of the base, so the other columns name them. */
  | { kind: "keys-reassigned"; key: string; rows: number }
  /** Hardly any row is the same on both sides because these columns were written anew; the others name the rows. */
  | { kind: "columns-written-anew"; changed: string[]; naming: string[] }
  /** Hardly any value of the key is on both sides. Numbers of different values; how they are spelled now, as a clause. */
  | { kind: "keys-replaced"; key: string; base: number; head: number; common: number; spelling: string | null }
  /** Hardly any row of the base is in the head: its data holds other ones. */
  | { kind: "other-rows"; key: string | null; base: number; found: number }
  | Refusal;

/** Why rows of both tables must not be compared, though some were found on both sides. */
export type Refusal =
  /** Too few columns are in both tables to tell rows apart: none or one, beside the target. */
  | { kind: "too-few-columns"; shared: number }
  /** The target's values are now in another column, or it holds those of another one, or both. */
  | { kind: "target-moved"; away: Move | null; taken: Move | null; moved: number }
  /** The key names the same things, but other observations of them. */
  | { kind: "other-observations"; key: string };

interface Move {
  from: string;
  to: string;
}
