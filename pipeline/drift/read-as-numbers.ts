import { isPlainNumber } from "../table/plain-number.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../table/table.ts";
import { textsAmongNumbers } from "../table/texts-among-numbers.ts";

/** Both sides of a column in one type. */
export interface SameType {
  base: Column;
  head: Column;
  /** That texts were left out, for a reader; null when both sides had one type. */
  note: string | null;
}

/**
 * A column that is numeric on one side and categorical on the other only because of a few texts among its numbers, such
 * as a marker of missing cells that is not declared: both sides as numbers, with those texts missing. Null when one in
 * ten cells is a text, because then it holds other things.
 */
export function readAsNumbers(base: Column, head: Column): SameType | null {
  if (base.type === head.type) return { base, head, note: null };
  const side = base.type === "categorical" ? "base" : "head";
  const numbers = toNumbers((side === "base" ? base : head) as CategoricalColumn);
  if (numbers === null) return null;
  const note = `the texts among its numbers in the ${side} count as missing`;
  return side === "base" ? { base: numbers, head, note } : { base, head: numbers, note };
}

function toNumbers(column: CategoricalColumn): NumericColumn | null {
  if (textsAmongNumbers(column) === null) return null;
  const { name, codes, categories } = column;
  const numbers = Float64Array.from(categories, (text) => (isPlainNumber(text) ? Number(text) : Number.NaN));
  return {
    name,
    type: "numeric",
    values: Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : numbers[code]!)),
  };
}
