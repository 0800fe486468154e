/**
 * Every number by which rows and columns of two tables are told to be the same, each with its reason. Shares are of the
 * smaller table, column or set, unless a comment says otherwise.
 */
export const limits = {
  /** Up to here, what is found on both sides is there by chance: the way of naming, the key or the data is another. */
  hardlyAny: 0.05,
  /** From here on, what is found tells what happened to the rest: as many rows are the same as are not. */
  mostly: 0.5,
  /** From here on, cells or values are the same but for corrections. */
  nearlyAll: 0.9,
  /** As nearlyAll, where chance alone finds much: values without their rows, and columns compared each with each. */
  almostAll: 0.95,
  /** As nearlyAll, where names repeat, so that rows share them by chance. */
  allButFew: 0.99,

  /** Fewer rows or values say nothing about the others. */
  fewestTelling: 20,
  /** Fewer changed rows, or rows that tell two columns apart, are corrections of single cells. */
  fewestChanged: 10,
  /** Below this share, rows with the key of another one are compared by their keys. */
  fewestReassigned: 0.01,
  /** Rows named by fewer columns than this, beside the target, would mostly share their names. */
  fewestColumns: 2,

  /** Agreement beyond chance (Cohen's kappa) up to which cells have nothing to do with what they were. */
  asByChance: 0.2,
  /** A numeric target of more different values is a quantity. */
  mostNumericClasses: 20,
  /** A target of more different texts names its rows. */
  mostTextClasses: 500,

  /** So many rows are told by name to whoever accepts them, in a report of some hundred kilobytes at most; of more, a digest tells whether they are the same. */
  mostNamedRows: 10_000,

  /** Not more columns are compared each with each; those whose cells are all equal are always found. */
  mostCompared: 50,
  /** So many paired rows, taken evenly, tell the similarity of two columns to about 0.01 … */
  mostRows: 5_000,
  /** … or an agreement beyond chance, which varies more. */
  mostAgreeing: 20_000,
  /** About as many cells of a column are looked at where values are compared without their rows … */
  cellsPerColumn: 4_000,
  /** … and of all columns together, so that thousands of columns need no more memory. */
  mostCells: 2_000_000,
  /** As many different values of a key are read, which says enough about how they are spelled. */
  mostSpelled: 20_000,
  /** So many cells of a column show whether it was written anew: by chance one in 20 is found fewer than three times in 64. */
  sampledCells: 64,
} as const;
