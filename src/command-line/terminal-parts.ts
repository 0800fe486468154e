import type { styleText } from "node:util";
import { formatCount } from "../../pipeline/words.ts";

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Rows of a list that are shown at most; the rest is counted. */
const mostRows = 10;

const marks = {
  pass: ["green", "✓"],
  fail: ["red", "✗"],
  warn: ["yellow", "!"],
  none: ["dim", "–"],
  same: ["dim", "·"],
} as const;

/** The sign at the beginning of a line. */
export function mark(sign: keyof typeof marks, paint: Paint): string {
  const [style, character] = marks[sign];
  return paint(style, character);
}

/** The first rows of a list, and how many more there are. */
export function capped(rows: readonly string[]): string[] {
  if (rows.length <= mostRows) return [...rows];
  return [...rows.slice(0, mostRows), `    and ${formatCount(rows.length - mostRows)} more`];
}
