/** Rows of two tables that are the same row, as pairs of zero-based rows in the order of the head. */
export interface RowPairs {
  base: Int32Array;
  head: Int32Array;
}
