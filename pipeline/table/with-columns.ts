import { rowKeys } from "../match/row-keys.ts";
import type { Column, Table } from "./table.ts";

/** The rows of a table with other columns. Its content keys are only made when they are asked for. */
export function withColumns({ rowCount }: Table, columns: Column[]): Table {
  return {
    rowCount,
    columns,
    get contentKeys() {
      return rowKeys(rowCount, columns);
    },
  };
}
