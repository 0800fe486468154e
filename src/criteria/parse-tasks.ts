import { maskCharacter, maskMarkdown } from "./mask-markdown.ts";

/** One list item of a text, with or without a check box. */
export interface ListItem {
  /** As written, without comments, trimmed. */
  text: string;
  /** Null: a plain list item without a box. */
  ticked: boolean | null;
  /** Struck through (`~~text~~`) or marked `N/A`: the author says it does not apply. */
  waived: boolean;
  /** One-based. */
  line: number;
}

/** A title line of a text. Bold lines and lines that end in a colon are titles below every real heading. */
export interface Heading {
  text: string;
  /** 1 to 6 for `#` to `######`; 7 for a bold line or a line ending in a colon. */
  level: number;
  /** One-based. */
  line: number;
}

const item = /^[ \t>]{0,200}(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX])\][ \t]+)?(\S.*)$/;

/**
 * The list items and the headings of a Markdown text, in order. Boxes in code and in comments are none.
 * Linear in the length of the text.
 */
export function parseTasks(markdown: string): { items: ListItem[]; headings: Heading[] } {
  const items: ListItem[] = [];
  const headings: Heading[] = [];
  const lines = maskMarkdown(markdown, { codeSpans: false, quotes: false, markup: false }).split("\n");
  lines.forEach((masked, index) => {
    const line = masked.replaceAll(maskCharacter, "").trimEnd();
    const match = item.exec(line);
    if (match !== null) {
      const text = match[2]!.trim();
      const ticked = match[1] === undefined ? null : match[1] !== " ";
      items.push({ text: plain(text), ticked, waived: isWaived(text), line: index + 1 });
      return;
    }
    const heading = headingOf(line.trim(), lines[index + 1]?.trim() ?? "");
    if (heading !== null) headings.push({ ...heading, line: index + 1 });
  });
  return { items, headings };
}

/** What is longer is a sentence, and each look at it costs more. */
const longestTitle = 300;

/** Titles in HTML, and lines whose only word is bold. Emoji and numbers may stand before, a remark in brackets behind. */
const htmlTitle = /^<(h[1-6]|summary|b|strong|dt|caption)(?:\s[^<>]*)?>(.*?)<\/\1>:?$/i;
const boldTitle = /^[^\p{L}*_<]*(\*\*|__)\S.*\1[^\p{L}]*(?:\([^()]*\))?:?$/u;

function headingOf(line: string, next: string): Omit<Heading, "line"> | null {
  const marks = /^#{1,6}(?=[ \t\u00a0])/.exec(line)?.[0];
  if (marks !== undefined) return { text: titleText(line.slice(marks.length)), level: marks.length };
  if (line === "") return null;
  if (/^={2,}$/.test(next)) return { text: titleText(line), level: 1 };
  if (/^-{2,}$/.test(next)) return { text: titleText(line), level: 2 };
  if (line.length > longestTitle) return null;
  const [, tag, html] = htmlTitle.exec(line.replace(/^<(details|div|p|center)(?:\s[^<>]*)?>\s*/i, "")) ?? [];
  if (html !== undefined) return { text: titleText(html), level: /^h\d$/i.test(tag!) ? Number(tag![1]) : 7 };
  return boldTitle.test(line) || line.endsWith(":") ? { text: titleText(line), level: 7 } : null;
}

function titleText(line: string): string {
  let start = 0;
  let end = line.length;
  const trimmed = (character: string | undefined) => character !== undefined && " \t\u00a0#*_:".includes(character);
  while (start < end && trimmed(line[start])) start++;
  while (end > start && trimmed(line[end - 1])) end--;
  return line.slice(start, end);
}

function isWaived(text: string): boolean {
  return (text.startsWith("~~") && text.endsWith("~~") && text.length > 4) || /^n\/a\b|[\s(]n\/a\)?[.]?$/i.test(text);
}

function plain(text: string): string {
  return text.startsWith("~~") && text.endsWith("~~") && text.length > 4 ? text.slice(2, -2).trim() : text;
}
