/** Caps that are checked before anything is allocated for a file from a pull request. */
export interface ReadLimits {
  /** Size of the file in bytes. */
  bytes: number;
  rows: number;
  columns: number;
  /** Size of one cell in UTF-8 bytes. */
  cellBytes: number;
}

/** A 50 MB file keeps the reading process under 700 MB. */
export const defaultReadLimits: ReadLimits = {
  bytes: 50 * 1024 * 1024,
  rows: 2_000_000,
  columns: 2_000,
  cellBytes: 200_000,
};
