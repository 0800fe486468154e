import type { Yardstick } from "../compare/yardstick.ts";
import { formatCount } from "../format-count.ts";
import { pairKeyedRows } from "../match/diff-keyed-rows.ts";
import { leadingBits, pairEqualHashes } from "../match/pair-equal-rows.ts";
import { rowHashes } from "../match/row-keys.ts";
import { ascendingOrder } from "../stats/radix-sort.ts";
import type { ReadSides } from "./read-sides.ts";

/** Rows that have another key than in the base, while their old keys name other rows. */
export interface ReassignedKeys {
  /** The key column. */
  key: string;
  rows: number;
  /** The columns that name rows instead, sorted: those of both sides but the key and what both exclude. */
  naming: string[];
}

/** Fewer rows with the key of another one are compared by their keys. */
const fewestRows = 10;
const fewestShare = 0.01;
/** At least this share of the smaller table must be found again by its content, which has to be that of no other row. */
const mostlyFound = 0.5;

/**
 * Tells when the values of the declared key were given to other rows, as when a running number is made anew after rows
 * were removed or sorted: by such a key a row would be compared with a row that it has nothing to do with, and the base's
 * answer to one be judged by the label of the other. Null when the keys name what they named.
 *
 * Keys that are replaced by values that the base does not have find no row, which is told elsewhere.
 */
export function findReassignedKeys({ base, head }: ReadSides): ReassignedKeys | null {
  if (!base?.read.ok || !head?.read.ok || base.read === head.read) return null;
  const { key, exclude, split } = head.revision.experiment;
  if (key === null) return null;
  const [before, after] = [base.read.value.table, head.read.value.table];
  const inBase = new Set(before.columns.map(({ name }) => name));
  const unused = new Set(exclude.filter((name) => base.revision.experiment.exclude.includes(name)));
  if (split.by === "group" || split.by === "time") unused.delete(split.column);
  const naming = after.columns
    .map(({ name }) => name)
    .filter((name) => inBase.has(name) && !unused.has(name) && name !== key);
  if (naming.length === 0) return null;
  const contents = { base: rowHashes(before, naming), head: rowHashes(after, naming) };
  const found = pairEqualHashes(contents.base, contents.head);
  const smaller = Math.min(before.rowCount, after.rowCount);
  if (found.base.length < mostlyFound * smaller) return null;
  const keyed = pairKeyedRows(before, after, key);
  if (keyed === null) return null;

  const unique = { base: uniqueOnes(contents.base), head: uniqueOnes(contents.head) };
  const partner = new Int32Array(after.rowCount).fill(-1);
  let told = 0;
  for (const [at, row] of found.head.entries()) {
    if (unique.head[row] === 0 || unique.base[found.base[at]!] === 0) continue;
    partner[row] = found.base[at]!;
    told++;
  }
  if (told < mostlyFound * smaller) return null;
  let rows = 0;
  for (const [at, row] of keyed.head.entries()) if (partner[row]! >= 0 && partner[row] !== keyed.base[at]) rows++;
  return rows < Math.max(fewestRows, fewestShare * told) ? null : { key, rows, naming: naming.toSorted() };
}

/** The yardstick by which the other columns name the rows; the one that was found where the keys are what they were. */
export function yardstickWithoutKeys(
  found: Yardstick | null,
  reassigned: ReassignedKeys | null,
  { head }: ReadSides,
): Yardstick | null {
  if (found === null || found.state === "incomparable" || reassigned === null || head === null) return found;
  const { target, positive, split } = head.revision.experiment;
  const { key, rows, naming } = reassigned;
  const what = `In ${formatCount(rows)} rows the key "${key}" is that of another row of the base, so the other columns name the rows.`;
  return {
    state: "common",
    target,
    positive: found.state === "same" ? positive : found.positive,
    split,
    keyColumns: naming,
    reasons: [...(found.state === "same" ? [] : found.reasons), what],
  };
}

/** Whether no other row has the same hash, to 53 bits. */
function uniqueOnes(hashes: Int32Array): Uint8Array {
  const leading = Float64Array.from({ length: hashes.length / 2 }, (_, row) => leadingBits(hashes, row));
  const order = ascendingOrder(leading);
  const unique = new Uint8Array(order.length).fill(1);
  for (let at = 1; at < order.length; at++) {
    const [one, other] = [order[at - 1]!, order[at]!];
    if (leading[one] === leading[other]) unique[one] = unique[other] = 0;
  }
  return unique;
}
