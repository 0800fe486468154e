/** How the columns of the head's data differ from the base's. */
export interface SchemaDiff {
  added: string[];
  removed: string[];
  /** Same content (or nearly: `similarity` in [0, 1]) under another name. A renamed column is in neither list above. */
  renamed: { from: string; to: string; similarity: number }[];
  retyped: { column: string; from: "numeric" | "categorical"; to: "numeric" | "categorical" }[];
  /**
   * Values of the target that exist on one side only; null when the target is absent on a side or a quantity, which is
   * a numeric column with fractions or more than 20 different values.
   */
  target: { added: string[]; removed: string[] } | null;
  rows: { base: number; head: number; added: number; removed: number; common: number };
}
