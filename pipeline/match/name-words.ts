import type { Column } from "../table/table.ts";
import { hashWords, missingWord, wordsOfCodes } from "./cell-words.ts";

/**
 * Two words per cell of a column whose values are names: a name is text, so `007` is not `7`. A number has the name of its shortest
 * text: `1` and `1.0` are one.
 */
export function nameWords(column: Column): Int32Array {
  if (column.type === "categorical") return wordsOfCodes(column.codes, hashWords(column.categories));
  const words = hashWords(Array.from(column.values, (value) => String(value + 0)));
  for (const [row, value] of column.values.entries()) {
    if (Number.isNaN(value)) words[2 * row] = words[2 * row + 1] = missingWord;
  }
  return words;
}
