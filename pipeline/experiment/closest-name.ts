/**
 * The known name that was most likely meant by a mistyped one, or null when none is near.
 * Near means an edit distance (insert, delete, replace, swap of neighbors) of at most a third of the longer name,
 * ignoring case. Ties go to the first name in `known`.
 *
 * @example closestName("holdot", ["holdout", "seed"]); // "holdout"
 */
export function closestName(written: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  const typed = written.slice(0, 100).toLowerCase();
  for (const name of known) {
    const candidate = name.slice(0, 100).toLowerCase();
    const limit = Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3));
    if (Math.abs(typed.length - candidate.length) > limit) continue;
    const distance = editDistance(typed, candidate);
    if (distance <= limit && distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** What to do about a mistyped name: the known one that was meant, or what else helps. */
export function suggestName(written: string, known: Iterable<string>, otherwise: string): string {
  const closest = closestName(written, known);
  return closest === null ? otherwise : `Did you mean ${closest}?`;
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
