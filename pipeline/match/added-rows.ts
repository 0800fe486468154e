import type { Table } from "../table/table.ts";
import { takeRows } from "../table/take-rows.ts";
import { occurrenceKeys } from "./occurrence-keys.ts";
import { rowKeys } from "./row-keys.ts";

/**
 * The rows of the head that the base does not have, by the content of the columns that both have: a changed row counts
 * as a new one, a moved one does not. Categories keep their codes. Cost: O(cells).
 */
export function addedRows(base: Table, head: Table): Table {
  const before = new Set(base.columns.map(({ name }) => name));
  const shared = new Set(head.columns.flatMap(({ name }) => (before.has(name) ? [name] : [])));
  const keysOf = ({ rowCount, columns }: Table) =>
    occurrenceKeys(
      rowKeys(
        rowCount,
        // in one order, so that moved columns change nothing
        columns.filter(({ name }) => shared.has(name)).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      ),
    );
  const known = shared.size === 0 ? new Set<string>() : new Set(keysOf(base));
  const rows = keysOf(head).flatMap((key, row) => (known.has(key) ? [] : [row]));
  return takeRows(head, Int32Array.from(rows));
}
