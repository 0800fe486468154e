import type { Random } from "./random.ts";

/** Fills `counts` with how often each row was drawn. */
export type Resampler = (rng: Random, counts: Float64Array) => void;

/**
 * Prepares bootstrap resampling of n rows with replacement. A resample is a vector of multiplicities that sums to n, so
 * any metric that takes weights can be evaluated on it without copying rows.
 *
 * With `strata` (one label per row, for instance the class) each stratum is resampled by itself and keeps its size.
 * Cost: O(n) to prepare, about 2 ns per row and resample. Throws a RangeError unless n is a non-negative integer and
 * there are n strata labels.
 *
 * @example
 * const counts = new Float64Array(4);
 * createResampler(4)(createRandom(1), counts);
 * counts; // [2, 1, 0, 1]
 */
export function createResampler(n: number, strata?: ArrayLike<number>): Resampler {
  if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`the number of rows is a non-negative integer, not ${n}`);
  // Small counters stay in the processor's cache when rows are many. One row is never drawn 65,536 times: up to so many
  // rows it cannot be, and beyond the chance is below 10^-200000.
  if (strata === undefined) {
    const drawn = new Uint16Array(n);
    return (rng, counts) => {
      rng.countDraws(drawn);
      for (let row = 0; row < n; row++) counts[row] = drawn[row]!;
    };
  }
  const groups = [...groupRows(n, strata).values()].map((rows) => Int32Array.from(rows));
  const counters = groups.map((rows) => new Uint16Array(rows.length));
  return (rng, counts) => {
    for (const [which, rows] of groups.entries()) {
      const drawn = counters[which]!;
      rng.countDraws(drawn);
      for (let place = 0; place < rows.length; place++) counts[rows[place]!] = drawn[place]!;
    }
  };
}

/**
 * Resampling of whole clusters with replacement: all rows of a cluster count as often as it is drawn. Rows of one person are
 * not independent, persons are. A resample has as many clusters as there are, and more or fewer rows.
 *
 * @param clusters the cluster of each row, from 0 without gaps
 * @example
 * const counts = new Float64Array(4);
 * createClusterResampler(Int32Array.of(0, 0, 1, 1))(createRandom(1), counts);
 * counts; // [2, 2, 0, 0]
 */
export function createClusterResampler(clusters: Int32Array): Resampler {
  const drawn = new Uint16Array(clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0));
  return (rng, counts) => {
    rng.countDraws(drawn);
    for (let row = 0; row < clusters.length; row++) counts[row] = drawn[clusters[row]!]!;
  };
}

/** Row indices by stratum label, in order of first appearance. */
export function groupRows(n: number, strata: ArrayLike<number>): Map<number, number[]> {
  if (strata.length !== n) throw new RangeError(`there are ${n} rows and ${strata.length} strata labels`);
  const groups = new Map<number, number[]>();
  for (let row = 0; row < n; row++) {
    const rows = groups.get(strata[row]!);
    if (rows === undefined) groups.set(strata[row]!, [row]);
    else rows.push(row);
  }
  return groups;
}
