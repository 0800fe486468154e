import { bothTables, type TableSide } from "./both-tables.ts";
import { findColumnChanges } from "./columns/find-column-changes.ts";
import { findDoubts } from "./doubts/find-doubts.ts";
import { findRelabelled } from "./find-relabelled.ts";
import type { Match } from "./match.ts";
import { repeatedRows } from "./repeated-rows.ts";
import { nameRows } from "./ways/name-rows.ts";
import { reassignedKeys } from "./ways/other-columns.ts";

/**
 * Which row and which column of the base is which of the head. Rows are named by the first convincing way of `ways`; what
 * became of the columns, which rows hold the same, and what a reader must doubt follow from the same tables, once.
 *
 * Total: tables without rows, without common columns and with other rows have an answer that says so.
 */
export function matchTables(base: TableSide, head: TableSide): Match {
  const tables = bothTables(base, head);
  const named = nameRows(tables);
  const rows = named.pairs();
  const reassignedKey = reassignedKeys(tables) === null ? null : tables.key;
  const changes = findColumnChanges(tables, reassignedKey, named.stayed === true ? rows : null);
  const { columns, unchanged, keyed } = changes;
  const { doubts, refusal } = findDoubts({ tables, base, head, rows, changes });
  return {
    naming: { way: named.way, columns: named.columns },
    rows,
    repeatedKey: named.repeatedKey === true,
    reassignedKey,
    repeats: repeatedRows(named.names()),
    relabelled: findRelabelled(tables, base.experiment.target, named, changes),
    unchanged,
    keyed,
    columns,
    doubts: [...named.doubts, ...doubts],
    refusal: refusal ?? named.refusal ?? null,
  };
}
