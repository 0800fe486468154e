import type { Matrix } from "./estimator.ts";

/** How many columns have at most two different values, as encoded categories have. Cost: O(rows × columns). */
export function countBinaryColumns({ rows, columns, values }: Matrix): number {
  if (rows === 0) return columns;
  const second = new Float64Array(columns).fill(Number.NaN);
  let candidates = Array.from({ length: columns }, (_, column) => column);
  for (let row = 1; row < rows && candidates.length > 0; row++) {
    let dropped = false;
    for (const column of candidates) {
      const value = values[row * columns + column]!;
      if (value === values[column] || value === second[column]) continue;
      if (Number.isNaN(second[column])) second[column] = value;
      else {
        second[column] = Number.POSITIVE_INFINITY;
        dropped = true;
      }
    }
    if (dropped) candidates = candidates.filter((column) => second[column] !== Number.POSITIVE_INFINITY);
  }
  return candidates.length;
}
