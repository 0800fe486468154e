import { hashToUnit } from "../stats/hash.ts";

export interface FoldRows {
  /** Fold per training row. */
  fold: Int32Array;
  /** A number in [0, 1) per training row: the rows below a share are that share of the rows, the same ones each time. */
  place: Float64Array;
}

/**
 * Deals training rows into folds. Every class is spread evenly; rows that share a key stay together, so that no copy of
 * a training row is validated on; the order of rows changes nothing.
 *
 * @param keys row key per training row
 * @param classes class index per training row; null for regression
 * @param folds number of folds
 * @param seed unsigned 32-bit
 */
export function assignFolds(
  keys: readonly string[],
  classes: ArrayLike<number> | null,
  folds: number,
  seed: number,
): FoldRows {
  const rows = new Map<string, number[]>();
  for (const [row, key] of keys.entries()) {
    const group = rows.get(key);
    if (group === undefined) rows.set(key, [row]);
    else group.push(row);
  }
  const strata = new Map<number, { key: string; rows: number[] }[]>();
  for (const [key, group] of rows) {
    // Copies of a row with different labels go with the smallest of them, whatever their order.
    const stratum = classes === null ? 0 : Math.min(...group.map((row) => classes[row]!));
    const members = strata.get(stratum);
    if (members === undefined) strata.set(stratum, [{ key, rows: group }]);
    else members.push({ key, rows: group });
  }
  const fold = new Int32Array(keys.length);
  const place = new Float64Array(keys.length);
  let dealt = 0;
  for (const [, members] of [...strata].sort(([a], [b]) => a - b)) {
    for (const { rows } of shuffled(members, "fold", seed)) {
      for (const row of rows) fold[row] = dealt % folds;
      dealt++;
    }
    for (const [at, { rows }] of shuffled(members, "place", seed).entries()) {
      for (const row of rows) place[row] = at / members.length;
    }
  }
  return { fold, place };
}

/** In the order of the hashes of their keys; `purpose` makes two orders independent. */
function shuffled<T extends { key: string }>(members: readonly T[], purpose: string, seed: number): T[] {
  return members
    .map((member) => ({ member, at: hashToUnit(`${purpose} ${member.key}`, seed) }))
    .sort((a, b) => a.at - b.at || (a.member.key < b.member.key ? -1 : 1))
    .map(({ member }) => member);
}
