import type { BothTables } from "../both-tables.ts";
import type { Doubt, Refusal } from "../doubt.ts";
import type { RowPairs } from "../row-pairs.ts";

/** One way to name the rows of two tables. */
export interface Way {
  name: string;
  /** What it finds; null where it does not apply. */
  find(tables: BothTables): Found | null;
}

export interface Found {
  /** The columns whose content names a row; null: all. */
  columns: string[] | null;
  /** Rows of one name; made when they are asked for. */
  pairs(): RowPairs;
  /** Two words per row of the head that name it. */
  names(): Int32Array;
  /** The declared key names groups of rows, which are told apart by what they hold. */
  repeatedKey?: boolean;
  /** Its columns are those whose values stayed: rows of one name are the same ones, though hardly any holds the same. */
  stayed?: boolean;
  /** Whether it finds enough rows again to be believed. */
  convincing: boolean;
  /** Whether hardly any row can have the same name, so that nobody needs to look; absent: it may have. */
  hopeless?: boolean;
  doubts: Doubt[];
  refusal?: Refusal;
}
