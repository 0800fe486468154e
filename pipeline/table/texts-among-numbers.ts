import { isPlainNumber } from "./plain-number.ts";
import { type CategoricalColumn, countCodes } from "./table.ts";

/** From this share of texts on, a column holds texts, and not numbers with a few texts among them. */
const manyTexts = 0.1;
const named = 3;

/**
 * The texts among the numbers of a column, such as a marker of missing cells that is not declared: in how many cells, and
 * which, the most frequent first, at most three. Null when one in ten known cells is a text, because then it holds other
 * things, and when it has no known cell.
 */
export function textsAmongNumbers(column: CategoricalColumn): { cells: number; values: string[] } | null {
  const counts = countCodes(column);
  const known = counts.reduce((sum, count) => sum + count, 0);
  const texts = column.categories.flatMap((text, code) =>
    counts[code] === 0 || isNumber(text) ? [] : [{ text, count: counts[code]! }],
  );
  const cells = texts.reduce((sum, { count }) => sum + count, 0);
  if (known === 0 || cells >= manyTexts * known) return null;
  const values = texts.sort((a, b) => b.count - a.count).map(({ text }) => text);
  return { cells, values: values.slice(0, named) };
}

function isNumber(text: string): boolean {
  return isPlainNumber(text) && Number.isFinite(Number(text));
}
