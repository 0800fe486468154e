/** Caps that are checked before anything is allocated for a file from a pull request. */
export interface ReadLimits {
  /** Size of the file in bytes. */
  bytes: number;
  rows: number;
  columns: number;
  /** Rows × columns: a cell takes 8 bytes however small the file that says it is there. */
  cells: number;
  /** Size of one cell in UTF-8 bytes. */
  cellBytes: number;
}

/** The longest line that is read as a whole: many times what a real row needs. */
export function lineLimit({ cellBytes }: ReadLimits): number {
  return Math.max(2_000_000, 4 * cellBytes);
}

/**
 * A table of 50 MB keeps the reading process under 700 MB, and what only looks like one under 500 (`test/pipeline/read/peak-memory.test.ts`).
 * The dearest file known has eight million different words, 1,210 MB.
 */
export const defaultReadLimits: ReadLimits = {
  bytes: 50 * 1024 * 1024,
  rows: 2_000_000,
  columns: 2_000,
  cells: 20_000_000,
  cellBytes: 200_000,
};
