import type { BothTables, TableSide } from "../both-tables.ts";
import type { FoundChanges } from "../columns/find-column-changes.ts";
import type { Doubt } from "../doubt.ts";
import type { RowPairs } from "../row-pairs.ts";

/** What is known when doubts are looked for. */
export interface Matched {
  tables: BothTables;
  base: TableSide;
  head: TableSide;
  /** Rows of one name. */
  rows: RowPairs;
  changes: FoundChanges;
}

/** Answers one kind of doubt, or null where there is none. */
export type DoubtFinder<Answer extends Doubt = Doubt> = (matched: Matched) => Answer | null;
