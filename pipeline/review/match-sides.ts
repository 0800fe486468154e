import type { TableSide } from "../match/both-tables.ts";
import type { Match } from "../match/match.ts";
import { matchTables } from "../match/match-tables.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";

/** Which row and column of the base is which of the head; null when a side could not be read. */
export function matchSides({ base, head }: Pick<ReadSides, "base" | "head">): Match | null {
  const [before, after] = [toTableSide(base), toTableSide(head)];
  return before === null || after === null ? null : matchTables(before, after);
}

/** The table of a side and what of its experiment names the rows; null when it could not be read. */
export function toTableSide(side: ReadSide | null): TableSide | null {
  return side?.read.ok ? { table: side.read.value.table, experiment: side.revision.experiment } : null;
}
