import { parseTime } from "../split/parse-time.ts";
import type { CategoricalColumn } from "../table/table.ts";
import type { ValueGroups } from "./value-groups.ts";

/** What can be read off a cell's text, and by which a column can tell the target although no value of it repeats. */
export interface WrittenSign {
  name: string;
  /** The same for cells that show the same; null: the sign says nothing of this text. */
  of: (text: string) => string | null;
}

/** A word must be in so many of the rows looked at, and so many must lack it. */
const leastShare = 0.01;
const mostWords = 50;
/** Characters of a text whose words are read. */
const longestRead = 1_000;

const ofText: readonly WrittenSign[] = [
  { name: "its length", of: (text) => String(text.length) },
  { name: "its first character", of: (text) => text.slice(0, 1) },
  { name: "its last character", of: (text) => text.slice(-1) },
  { name: "its first word", of: (text) => wordsOf(text)[0] ?? null },
  { name: "its last word", of: (text) => wordsOf(text).at(-1) ?? null },
  { name: "its number of words", of: (text) => String(wordsOf(text).length) },
  { name: "its form", of: formOf },
];

const ofTime: readonly WrittenSign[] = [
  { name: "its year", of: (text) => partOf(text, (time) => time.getUTCFullYear()) },
  { name: "its month", of: (text) => partOf(text, (time) => time.getUTCMonth()) },
  { name: "its day of the month", of: (text) => partOf(text, (time) => time.getUTCDate()) },
  { name: "its day of the week", of: (text) => partOf(text, (time) => time.getUTCDay()) },
  { name: "its hour", of: (text) => partOf(text, (time) => time.getUTCHours()) },
  { name: "its minute", of: (text) => partOf(text, (time) => time.getUTCMinutes()) },
  { name: "its second", of: (text) => partOf(text, (time) => time.getUTCSeconds()) },
];

/**
 * The signs by which a column may tell the target: of texts their ends, length, form and frequent words; of dates their
 * parts.
 *
 * @param texts some of the column's cells
 */
export function signsFor(texts: readonly string[]): WrittenSign[] {
  const dates = texts.filter((text) => parseTime(text) !== null).length;
  return [...ofText, ...(2 * dates > texts.length ? ofTime : frequentWords(texts))];
}

/** The text of a cell; empty where it is missing. */
export function cellText({ codes, categories }: CategoricalColumn, row: number): string {
  return codes[row]! < 0 ? "" : categories[codes[row]!]!;
}

/** Groups rows by a sign of their cells' texts. */
export function groupBySign(sign: WrittenSign, train: readonly string[], holdout: readonly string[]): ValueGroups {
  const places = new Map<string | null, number>();
  const trained = Int32Array.from(train, (text) => {
    const shown = sign.of(text);
    const known = places.get(shown);
    if (known !== undefined) return known;
    places.set(shown, places.size);
    return places.size - 1;
  });
  const count = places.size;
  return { train: trained, holdout: Int32Array.from(holdout, (text) => places.get(sign.of(text)) ?? count), count };
}

function frequentWords(texts: readonly string[]): WrittenSign[] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const telling = [...counts].filter(
    ([, count]) => count >= leastShare * texts.length && count <= (1 - leastShare) * texts.length,
  );
  return telling
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostWords)
    .map(([word]) => ({ name: `the word ${word}`, of: (text) => String(wordsOf(text).includes(word)) }));
}

function wordsOf(text: string): string[] {
  return (
    text
      .slice(0, longestRead)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Letters as `a` and `A`, digits as `9`, runs of one as one. */
function formOf(text: string): string {
  return text
    .slice(0, longestRead)
    .replace(/\p{Lu}+/gu, "A")
    .replace(/\p{Ll}+/gu, "a")
    .replace(/\p{N}+/gu, "9");
}

function partOf(text: string, part: (time: Date) => number): string | null {
  const time = parseTime(text);
  return time === null ? null : String(part(new Date(time)));
}
