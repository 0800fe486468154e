/** How the columns of the head's data differ from the base's. */
export interface SchemaDiff {
  added: string[];
  removed: string[];
  /** Same content (or nearly: `similarity` in [0, 1]) under another name. A renamed column is in neither list above. */
  renamed: { from: string; to: string; similarity: number }[];
  /**
   * Columns whose values are now under another name, at least one of the two names being on both sides: columns that
   * changed places in a file without a header, or names with each other. Absent when none did.
   */
  moved?: { from: string; to: string; similarity: number }[];
  retyped: {
    column: string;
    from: "numeric" | "categorical";
    to: "numeric" | "categorical";
    /** The texts that alone keep the other side's cells from being numbers, the most frequent first, at most three. */
    texts?: { cells: number; values: string[] };
  }[];
  /**
   * Values of the target that exist on one side only; null when the target is absent on a side or a quantity, which is
   * a numeric column with fractions or more than 20 different values.
   */
  target: { added: string[]; removed: string[] } | null;
  /**
   * With a key that names rows, `changed` counts those of both sides whose cells differ, and `common` the others. Without
   * one, a row is what it holds: a changed row was removed and added.
   */
  rows: { base: number; head: number; added: number; removed: number; changed?: number; common: number };
  /** Columns of both sides in which cells of the same row differ; absent without a key that names rows. */
  cells?: { column: string; changed: number }[];
  /**
   * Columns that were written anew in rows that are otherwise as they were, and how their values are spelled now, as a
   * clause; absent when none were, or when most rows are as they were.
   */
  rewritten?: { column: string; spelling?: string }[];
  /** Both sides hold the same rows, in another order. */
  resorted?: true;
  /** What differs in how the files are written, for example the delimiter; absent when nothing does. */
  format?: { what: string; from: string; to: string }[];
}
