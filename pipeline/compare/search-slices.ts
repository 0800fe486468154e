import type { Slice } from "./comparison.ts";

/** Every row's place in one column's conditions: −1 means none of them. */
export interface ConditionColumn {
  column: string;
  values: string[];
  codes: Int32Array;
}

/** A slice that looked worse while searching. */
export interface Candidate {
  conditions: Slice[];
  /** Positions in the sample that was searched. */
  positions: Int32Array;
  /** Mean worsening, its standard error, and what is left of it after two standard errors. */
  mean: number;
  error: number;
  bound: number;
}

export interface SearchLimits {
  minimumRows: number;
  /** How many single conditions are combined with all others. */
  beam: number;
  /** How many candidates are kept. */
  keep: number;
}

/** Two slices that share more than this of their joint rows are the same finding. */
const mostOverlap = 0.5;

/**
 * Searches slices of one or two conditions whose rows got worse, best first by the worsening that is left after two
 * standard errors: large slices with a steady worsening come before small ones with a lucky one. What is left must be
 * positive and exceed the mean of all rows. A second condition is tried on the best single ones only (a beam), and is
 * kept only where the pair is worse than either alone by three standard errors, because many are tried.
 *
 * Cost: O(columns · rows · beam).
 *
 * @param worsening per row: head loss − base loss
 */
export function searchSlices(
  worsening: Float64Array,
  columns: readonly ConditionColumn[],
  limits: SearchLimits,
): { candidates: Candidate[]; searched: number } {
  const everything = Int32Array.from(worsening, (_, row) => row);
  const average = mean(worsening, everything);
  const single = grouped(worsening, columns, everything, null, limits);
  const beam = sorted(single).slice(0, limits.beam);
  const double = beam.flatMap((first) => {
    const others = columns.filter(({ column }) => column !== first.conditions[0]!.column);
    return grouped(worsening, others, first.positions, first, limits);
  });
  const better = double.filter((candidate) => candidate.mean - 3 * candidate.error > worstParent(candidate, single));
  const worse = [...single, ...better].filter((candidate) => candidate.bound > Math.max(0, average));
  return { candidates: distinct(sorted(worse), limits.keep), searched: single.length + double.length };
}

function grouped(
  worsening: Float64Array,
  columns: readonly ConditionColumn[],
  rows: Int32Array,
  parent: Candidate | null,
  { minimumRows }: SearchLimits,
): Candidate[] {
  return columns.flatMap(({ column, values, codes }) => {
    const members: number[][] = values.map(() => []);
    for (const row of rows) members[codes[row]!]?.push(row);
    return members.flatMap((positions, code): Candidate[] => {
      if (positions.length < minimumRows || positions.length === rows.length) return [];
      const conditions = [...(parent?.conditions ?? []), { column, value: values[code]! }];
      return [{ conditions, positions: Int32Array.from(positions), ...worseningOf(worsening, positions) }];
    });
  });
}

function worseningOf(
  worsening: Float64Array,
  positions: ArrayLike<number>,
): Pick<Candidate, "mean" | "error" | "bound"> {
  const center = mean(worsening, positions);
  let squares = 0;
  for (let i = 0; i < positions.length; i++) squares += (worsening[positions[i]!]! - center) ** 2;
  const error = Math.sqrt(squares / Math.max(1, positions.length - 1) / positions.length);
  return { mean: center, error, bound: center - 2 * error };
}

function mean(worsening: Float64Array, positions: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < positions.length; i++) sum += worsening[positions[i]!]!;
  return positions.length === 0 ? 0 : sum / positions.length;
}

/** By bound; equal ones by name, so that the order of columns in the file changes nothing. */
function sorted(candidates: Candidate[]): Candidate[] {
  const name = ({ conditions }: Candidate) => JSON.stringify(conditions);
  return candidates.toSorted((left, right) => right.bound - left.bound || (name(left) < name(right) ? -1 : 1));
}

function worstParent({ conditions }: Candidate, single: Candidate[]): number {
  const means = conditions.map(({ column, value }) => {
    const parent = single.find(({ conditions: [only] }) => only!.column === column && only!.value === value);
    return parent?.mean ?? Number.NEGATIVE_INFINITY;
  });
  return Math.max(...means);
}

function distinct(candidates: Candidate[], keep: number): Candidate[] {
  const kept: { candidate: Candidate; rows: Set<number> }[] = [];
  for (const candidate of candidates) {
    if (kept.length === keep) break;
    const repeats = kept.some(({ rows }) => {
      let shared = 0;
      for (const row of candidate.positions) if (rows.has(row)) shared++;
      return shared > mostOverlap * (rows.size + candidate.positions.length - shared);
    });
    if (!repeats) kept.push({ candidate, rows: new Set(candidate.positions) });
  }
  return kept.map(({ candidate }) => candidate);
}
