import { isPlainNumber } from "../match/cell-words.ts";
import { manyTexts } from "../match/diff-schema.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../table/table.ts";

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

function toNumbers({ name, codes, categories }: CategoricalColumn): NumericColumn | null {
  const numbers = Float64Array.from(categories, (text) => (isPlainNumber(text) ? Number(text) : Number.NaN));
  const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : numbers[code]!));
  let known = 0;
  let texts = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! < 0) continue;
    known++;
    if (!Number.isFinite(values[row])) texts++;
  }
  return known === 0 || texts >= manyTexts * known ? null : { name, type: "numeric", values };
}
