import type { ReadTable } from "./read-table.ts";

/** One of several files, read. */
export interface Part extends ReadTable {
  path: string;
}
