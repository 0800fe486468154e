import { hashText } from "../stats/hash.ts";
import type { Column } from "../table/table.ts";
import { canonicalNumber } from "./canonical-number.ts";

/** Both words of a missing cell: a pattern that no number and hardly any hash has. */
export const missingWord = -1;

/**
 * Two 32-bit words that name the content of each cell of a column, whatever the column's type: those of the number
 * when the cell is one, those of the text's hash otherwise. So `1` in a numeric column equals `1.0` in a categorical one.
 */
export function cellWords(column: Column): Int32Array {
  if (column.type === "numeric") {
    const words = new Int32Array(column.values.map(canonicalNumber).buffer);
    for (const [row, value] of column.values.entries()) {
      if (Number.isNaN(value)) words[2 * row] = words[2 * row + 1] = missingWord;
    }
    return words;
  }
  const known = categoryWords(column.categories);
  const words = new Int32Array(2 * column.codes.length);
  for (const [row, code] of column.codes.entries()) {
    words[2 * row] = code < 0 ? missingWord : known[2 * code]!;
    words[2 * row + 1] = code < 0 ? missingWord : known[2 * code + 1]!;
  }
  return words;
}

/** Two 32-bit words per category. */
export function categoryWords(categories: readonly string[]): Int32Array {
  const words = new Int32Array(2 * categories.length);
  const numbers = new Float64Array(words.buffer);
  for (const [code, text] of categories.entries()) {
    const number = plainNumber.test(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(number)) {
      numbers[code] = canonicalNumber(number);
    } else {
      const hash = hashText(text);
      words[2 * code] = Number.parseInt(hash.slice(0, 8), 16);
      words[2 * code + 1] = Number.parseInt(hash.slice(8), 16);
    }
  }
  return words;
}

/** Whether a text is written as a number that is read as one in a numeric column. */
export function isPlainNumber(text: string): boolean {
  return plainNumber.test(text);
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
