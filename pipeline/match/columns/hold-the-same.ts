import type { Column } from "../../table/table.ts";
import type { SharedColumn } from "../both-tables.ts";
import { canonicalNumber } from "../canonical-number.ts";

const known = new WeakMap<SharedColumn, boolean>();

/** Whether the values of a column did not change: each of the smaller table occurs in the larger one, as often or more. */
export function holdTheSame(column: SharedColumn): boolean {
  const found = known.get(column) ?? sameValues(column.base, column.head);
  known.set(column, found);
  return found;
}

/**
 * True when every value of the shorter column occurs in the longer one, as often or more; missing cells are a value,
 * and numbers count by their first 15 digits.
 * Columns of different types are not the same. Cost: O(n log n) for numbers, O(n) for categories.
 */
export function sameValues(one: Column, other: Column): boolean {
  if (one.type === "numeric" && other.type === "numeric") {
    const [shorter, longer] = [one.values, other.values].sort((a, b) => a.length - b.length) as [
      Float64Array,
      Float64Array,
    ];
    return sortedWithin(shorter.map(canonicalNumber).sort(), longer.map(canonicalNumber).sort());
  }
  if (one.type === "numeric" || other.type === "numeric") return false;
  const [shorter, longer] = one.codes.length <= other.codes.length ? [one, other] : [other, one];
  const available = countsOf(longer);
  return [...countsOf(shorter)].every(([value, count]) => count <= (available.get(value) ?? 0));
}

/** A typed array sorts NaN, which stands for missing, to its end. */
function sortedWithin(shorter: Float64Array, longer: Float64Array): boolean {
  let at = 0;
  for (const value of shorter) {
    while (at < longer.length && (longer[at]! < value || (Number.isNaN(value) && !Number.isNaN(longer[at]!)))) at++;
    const found = at < longer.length && (longer[at] === value || (Number.isNaN(value) && Number.isNaN(longer[at]!)));
    if (!found) return false;
    at++;
  }
  return true;
}

/** How often each category occurs; null: missing. */
function countsOf({ codes, categories }: Extract<Column, { type: "categorical" }>): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  const byCode = new Int32Array(categories.length + 1);
  for (const code of codes) byCode[code + 1]!++;
  for (const [at, count] of byCode.entries()) if (count > 0) counts.set(at === 0 ? null : categories[at - 1]!, count);
  return counts;
}
