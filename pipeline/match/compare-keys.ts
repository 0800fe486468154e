import { isPlainNumber } from "../table/plain-number.ts";
import type { Column } from "../table/table.ts";
import { readDates } from "./date-spelling.ts";
import { limits } from "./limits.ts";

/** What became of a key column of which hardly any value is on both sides. */
export interface ReplacedKeys {
  /** Different values of each side, and those of both. */
  base: number;
  head: number;
  common: number;
  /** How the same values are written otherwise, as a clause; null when they are others. */
  spelling: string | null;
}

/**
 * What became of the values of a key when hardly any of the base's is in the head; null when more are, or when there are
 * too few to tell.
 *
 * @example // 506 dates: { base: 506, head: 506, common: 0, spelling: "dates changed from DD/MM/YYYY to YYYY-MM-DD" }
 */
export function compareKeys(base: Column, head: Column): ReplacedKeys | null {
  const [before, after] = [valuesOf(base), valuesOf(head)];
  const smaller = Math.min(before.size, after.size);
  if (smaller < limits.fewestTelling) return null;
  let common = 0;
  for (const value of before) if (after.has(value)) common++;
  if (common > limits.hardlyAny * smaller) return null;
  const counts = { base: before.size, head: after.size, common };
  if (Math.max(before.size, after.size) > limits.mostSpelled) return { ...counts, spelling: null };
  const [old, now] = [[...before], [...after]];
  const dates = otherDates(old, now);
  if (dates !== null) return { ...counts, spelling: dates };
  const same = overlap(new Set(old.map(plain)), new Set(now.map(plain))) >= limits.nearlyAll;
  return { ...counts, spelling: same ? "capitals, punctuation or leading zeros changed" : null };
}

function valuesOf(column: Column): Set<string> {
  if (column.type === "categorical") return new Set(column.categories);
  return new Set(Array.from(new Set(column.values)).flatMap((value) => (Number.isNaN(value) ? [] : `${value + 0}`)));
}

function otherDates(before: readonly string[], after: readonly string[]): string | null {
  const readings = readDates(after);
  for (const old of readDates(before)) {
    const same = readings.find((now) => now.form !== old.form && overlap(old.moments, now.moments) >= limits.nearlyAll);
    if (same !== undefined) return `dates changed from ${old.form} to ${same.form}`;
  }
  return null;
}

/** A decimal separator is part of the number: 3.141 is not 3141. */
function plain(text: string): string {
  if (isPlainNumber(text) && !/^0*\d{16}/.test(text)) return String(Number(text));
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=\d)[.,](?=\d)/gu, ".")
    .replace(/[^\p{L}\p{N}.]|(?<!\d)\.|\.(?!\d)/gu, "")
    .replace(/^0+(?=.)/, "");
}

function overlap<Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): number {
  const [smaller, larger] = one.size <= other.size ? [one, other] : [other, one];
  let found = 0;
  for (const value of smaller) if (larger.has(value)) found++;
  return smaller.size === 0 ? 0 : found / smaller.size;
}
