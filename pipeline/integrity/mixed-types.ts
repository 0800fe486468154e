import { declaredType } from "../table/declared-type.ts";
import { type CategoricalColumn, countCodes } from "../table/table.ts";
import { formatCount, percent, quoteSome } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
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
        rows: { of: side, numbers: rowsOf(column, new Set(wordCodes)) },
      },
    ];
  });
}

function rowsOf({ codes }: CategoricalColumn, wanted: ReadonlySet<number>): Int32Array {
  return Int32Array.from(codes.keys()).filter((row) => wanted.has(codes[row]!));
}

function countCells(column: CategoricalColumn) {
  const counts = countCodes(column);
  const met = [...counts.keys()].filter((code) => counts[code]! > 0);
  const numberCodes = new Set(met.filter((code) => plainNumber.test(column.categories[code]!)));
  const wordCodes = met.filter((code) => !numberCodes.has(code));
  const words = wordCodes.reduce((sum, code) => sum + counts[code]!, 0);
  const known = counts.reduce((sum, count) => sum + count, 0);
  return { words, numbers: known - words, distinctNumbers: numberCodes.size, wordCodes };
}

const plainNumber = /^[+-]?(\d{1,300}\.?\d{0,300}|\.\d{1,300})(e[+-]?\d{1,3})?$/i;
