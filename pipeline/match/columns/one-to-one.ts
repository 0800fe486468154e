/** A column of the base that may be a column of the head, and the share of cells that say so. */
export interface ColumnMatch {
  from: string;
  to: string;
  similarity: number;
}

/** Takes the best candidates first, each column once; ties go to the first in the tables. */
export function oneToOne(candidates: readonly ColumnMatch[]): ColumnMatch[] {
  const taken = { from: new Set<string>(), to: new Set<string>() };
  return candidates
    .toSorted((a, b) => b.similarity - a.similarity)
    .filter(({ from, to }) => {
      if (taken.from.has(from) || taken.to.has(to)) return false;
      taken.from.add(from);
      taken.to.add(to);
      return true;
    });
}
