import { declaredType } from "../table/declared-type.ts";
import type { CategoricalColumn } from "../table/table.ts";
import { formatCount, percent, quoteSome } from "../words.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";
import { isMarkerText } from "./marker-values.ts";

/** Fewer distinct numbers are labels, as in `1`, `2`, `3+`. */
const fewestNumbers = 10;

/**
 * Features that are mostly numbers, with some words among them, which make the whole column text. `value` is the share
 * of words. Columns declared categorical are meant to be so; words that are missing markers are told as such.
 *
 * Cost: O(rows + categories).
 */
export function mixedTypes(side: ExaminedSide): Measured[] {
  return side.features.flatMap((column) => {
    if (column.type !== "categorical" || declaredType(side.declared, column.name) === "categorical") return [];
    const { words, numbers, distinctNumbers, wordCodes } = countCells(column);
    if (words === 0 || numbers < words || distinctNumbers < fewestNumbers) return [];
    const texts = wordCodes.map((code) => column.categories[code]!);
    if (texts.every((text) => isMarkerText(text) === "surely")) return [];
    const share = words / (words + numbers);
    return [
      {
        kind: "mixed-types" as const,
        column: column.name,
        value: share,
        evidence: { words, numbers, share, examples: quoteSome(texts) },
        description: `${formatCount(numbers)} cells are numbers and ${formatCount(words)} (${percent(share)}) are not, such as ${quoteSome(texts)}`,
      },
    ];
  });
}

function countCells({ codes, categories }: CategoricalColumn) {
  const isNumber = Uint8Array.from(categories, (text) => (plainNumber.test(text) ? 1 : 0));
  const met = new Uint8Array(categories.length);
  let words = 0;
  let numbers = 0;
  for (const code of codes) {
    if (code < 0) continue;
    met[code] = 1;
    if (isNumber[code] === 1) numbers++;
    else words++;
  }
  let distinctNumbers = 0;
  const wordCodes: number[] = [];
  for (const [code, number] of isNumber.entries()) {
    if (met[code] === 0) continue;
    if (number === 1) distinctNumbers++;
    else wordCodes.push(code);
  }
  return { words, numbers, distinctNumbers, wordCodes };
}

const plainNumber = /^[+-]?(\d{1,300}\.?\d{0,300}|\.\d{1,300})(e[+-]?\d{1,3})?$/i;
