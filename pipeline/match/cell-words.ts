import { hashTextInto } from "../stats/hash.ts";
import { isPlainNumber } from "../table/plain-number.ts";
import type { Column } from "../table/table.ts";
import { canonicalNumber } from "./canonical-number.ts";

/** Both words of a missing cell: a pattern that no number and hardly any hash has. */
export const missingWord = -1;

/**
 * THE notion of an equal cell: two 32-bit words that name the content of each cell of a column, whatever the column's
 * type: those of the number when the cell is one, those of the text's hash otherwise. So `1` in a numeric column equals
 * `1.0` in a categorical one, and a missing cell equals a missing one.
 */
export function cellWords(column: Column): Int32Array {
  if (column.type === "numeric") {
    const words = new Int32Array(column.values.map(canonicalNumber).buffer);
    for (const [row, value] of column.values.entries()) {
      if (Number.isNaN(value)) words[2 * row] = words[2 * row + 1] = missingWord;
    }
    return words;
  }
  return wordsOfCodes(column.codes, categoryWords(column.categories));
}

/** Whether two cells are equal, by their words. */
export function sameCell(one: Int32Array, row: number, other: Int32Array, otherRow: number): boolean {
  return one[2 * row] === other[2 * otherRow] && one[2 * row + 1] === other[2 * otherRow + 1];
}

/** Whether a cell is missing, by its words. */
export function isMissingCell(words: Int32Array, row: number): boolean {
  return words[2 * row] === missingWord && words[2 * row + 1] === missingWord;
}

/** Each cell as one number of 64 bits, to count and to sort them. */
export function cellsOf(words: Int32Array): BigInt64Array {
  return new BigInt64Array(words.buffer as ArrayBuffer);
}

/** The cells of a column in ascending order, each as one number. */
export function sortedCells(column: Column): BigInt64Array {
  return cellsOf(cellWords(column)).sort();
}

/** How many cells two sorted collections have in common, each as often as both have it. */
export function commonCells(one: BigInt64Array, other: BigInt64Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const [left, right] = [one[i]!, other[j]!];
    if (left === right) common++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return common;
}

/** Two 32-bit words per category. */
export function categoryWords(categories: readonly string[]): Int32Array {
  const words = hashWords(categories);
  const numbers = new Float64Array(words.buffer);
  for (const [code, text] of categories.entries()) {
    const number = isPlainNumber(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(number)) numbers[code] = canonicalNumber(number);
  }
  return words;
}

/** Two words per text. */
export function hashWords(texts: readonly string[]): Int32Array {
  const words = new Int32Array(2 * texts.length);
  for (const [at, text] of texts.entries()) hashTextInto(text, words, 2 * at);
  return words;
}

/** The words of each cell, from those of its category. */
export function wordsOfCodes(codes: Int32Array, known: Int32Array): Int32Array {
  const words = new Int32Array(2 * codes.length);
  for (const [row, code] of codes.entries()) {
    words[2 * row] = code < 0 ? missingWord : known[2 * code]!;
    words[2 * row + 1] = code < 0 ? missingWord : known[2 * code + 1]!;
  }
  return words;
}
