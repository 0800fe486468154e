/** The hashes of these rows. @param hashes two words per row */
export function takeHashes(hashes: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(2 * rows.length);
  for (const [at, row] of rows.entries()) taken.set(hashes.subarray(2 * row, 2 * row + 2), 2 * at);
  return taken;
}
