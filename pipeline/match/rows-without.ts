/** The rows of a table that are not among these. */
export function rowsWithout(count: number, rows: Int32Array): Int32Array {
  const taken = new Uint8Array(count);
  for (const row of rows) taken[row] = 1;
  return Int32Array.from({ length: count }, (_, row) => row).filter((row) => taken[row] === 0);
}
