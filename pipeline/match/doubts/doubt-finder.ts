import type { BothTables, TableSide } from "../both-tables.ts";
import type { FoundChanges } from "../columns/find-column-changes.ts";
import type { Doubt } from "../doubt.ts";

/** What is known when doubts are looked for. */
export interface Matched {
  tables: BothTables;
  base: TableSide;
  head: TableSide;
  changes: FoundChanges;
}

/** Answers one kind of doubt, or null where there is none. */
export type DoubtFinder<Answer extends Doubt = Doubt> = (matched: Matched) => Answer | null;
