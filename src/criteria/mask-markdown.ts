import { findMarkup, type Markup } from "./find-markup.ts";

/** Stands for every character that a reader of the rendered text does not read as prose. */
export const maskCharacter = "\uFFFC";

export interface MaskOptions {
  /** Also mask code between backticks. */
  codeSpans: boolean;
  /** Also mask block quotes. */
  quotes: boolean;
  /** Also mask tags, code between tags, texts of images, and what a link holds beside its text. */
  markup: boolean;
}

/** Lists nested deeper are read as text: nobody writes them, and each level costs another look at the line. */
const maxDepth = 16;

type Open =
  | { kind: "fence"; mark: string; length: number; quoted: boolean; indent: number }
  | { kind: "comment" }
  | { kind: "tag"; end: number }
  | { kind: "raw"; end: string };

/**
 * Masks what GitHub's Markdown shows as code or not at all: fenced and indented code, `<pre>`, HTML comments and, when
 * asked, code spans, quotes and markup; a tag over several lines always. The result has the same length and the same lines; masked characters become
 * `maskCharacter`, which is neither a space nor a word character, so that nothing joins across a masked part.
 *
 * Linear in the length of the text, whatever it holds: pull request text is written by strangers.
 */
export function maskMarkdown(text: string, options: MaskOptions): string {
  const hidden: [start: number, end: number][] = [];
  const markup = findMarkup(text);
  let open: Open | null = null;
  let paragraph: [start: number, end: number] | null = null;
  /** Columns at which the content of the open list items starts, outermost first. */
  let items: number[] = [];

  const flush = () => {
    if (paragraph !== null) maskInline(text, paragraph[0], paragraph[1], options, markup, hidden);
    paragraph = null;
  };

  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf("\n", lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    readLine(lineStart, lineEnd);
    lineStart = lineEnd + 1;
  }
  flush();
  return applyMask(text, hidden);

  function readLine(start: number, end: number): void {
    const quote = open?.kind === "fence" && !open.quoted ? 0 : quotePrefix(text, start, end);
    if (quote > 0 && options.quotes && open === null) {
      flush();
      hidden.push([start, end]);
      return;
    }
    if (open?.kind === "fence" && open.quoted && quote === 0) open = null;
    if (open !== null) {
      continueBlock(open, start + quote, end);
      return;
    }
    readBlock(start + quote, end, 0, quote > 0);
  }

  function continueBlock(block: Open, start: number, end: number): void {
    const line = text.slice(start, end);
    if (block.kind === "fence") {
      hidden.push([start, end]);
      const content = line.trim();
      const closes = content.length >= block.length && content === block.mark.repeat(content.length);
      if (closes && indentOf(line).column < block.indent + 4) open = null;
      return;
    }
    if (block.kind === "tag") {
      hidden.push([start, Math.min(block.end, end)]);
      if (block.end <= end) {
        open = null;
        paragraph = [block.end, end];
      }
      return;
    }
    const at = block.kind === "comment" ? line.indexOf("-->") : line.toLowerCase().indexOf(block.end);
    if (at === -1) {
      hidden.push([start, end]);
      return;
    }
    open = null;
    const after = start + at + (block.kind === "comment" ? 3 : block.end.length);
    hidden.push([start, after]);
    maskComments(after, end);
  }

  /** One line, or what follows the marker of a list item, that starts at the given column. */
  function readBlock(lineStart: number, end: number, startColumn: number, quoted: boolean): void {
    let start = lineStart;
    let column = startColumn;
    while (true) {
      const indent = indentOf(text.slice(start, end), column);
      const content = text.slice(start + indent.length, end).trimEnd();
      if (content === "") {
        flush();
        return;
      }
      if (paragraph === null) items = items.filter((item) => item <= indent.column);
      const base = items.at(-1) ?? 0;
      if (paragraph === null && indent.column - base >= 4) {
        hidden.push([start, end]);
        return;
      }
      start += indent.length;
      column = indent.column;
      if (startsBlock(content, start, end, column, quoted)) return;
      const marker = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/.exec(content)?.[0];
      if (marker === undefined || items.length >= maxDepth) {
        if (content.startsWith("#")) flush();
        paragraph = [paragraph === null ? start : (paragraph as [number, number])[0], end];
        if (content.startsWith("#")) flush();
        return;
      }
      flush();
      const gap = indentOf(text.slice(start + marker.length, end), column + marker.length);
      const width = gap.column - column - marker.length;
      items = [
        ...items.filter((item) => item <= column),
        column + marker.length + (width > 4 || width === 0 ? 1 : width),
      ];
      start += marker.length;
      column += marker.length;
    }
  }

  function startsBlock(content: string, start: number, end: number, column: number, quoted: boolean): boolean {
    const fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(content);
    const mark = fence?.[1] ?? fence?.[2];
    if (mark !== undefined) {
      flush();
      hidden.push([start, end]);
      open = { kind: "fence", mark: mark.charAt(0), length: mark.length, quoted, indent: column };
      return true;
    }
    if (content.startsWith("<!--")) {
      flush();
      maskComments(start, end);
      return true;
    }
    const tag = /^<(pre|script|style|textarea)(?=[\s>]|$)/i.exec(content)?.[1]?.toLowerCase();
    if (tag === undefined) {
      const tagEnd = content.startsWith("<") && paragraph === null ? (markup.tagEnd(start) ?? 0) : 0;
      if (tagEnd <= end) return false;
      open = { kind: "tag", end: tagEnd };
      hidden.push([start, end]);
      return true;
    }
    flush();
    open = { kind: "raw", end: `</${tag}>` };
    continueBlock(open, start, end);
    return true;
  }

  /** Comments within a line of HTML; one that does not end here goes on. */
  function maskComments(start: number, end: number): void {
    const line = text.slice(start, end);
    let at = line.indexOf("<!--");
    while (at !== -1) {
      const close = line.indexOf("-->", at + 2);
      if (close === -1) {
        hidden.push([start + at, end]);
        open = { kind: "comment" };
        return;
      }
      hidden.push([start + at, start + close + 3]);
      at = line.indexOf("<!--", close + 3);
    }
  }
}

function maskInline(
  text: string,
  start: number,
  end: number,
  options: MaskOptions,
  markup: Markup,
  hidden: [number, number][],
): void {
  const part = text.slice(start, end);
  const runs = backtickRuns(part);
  let comments = part.includes("<!--");
  let i = options.markup ? markup.definitionsEnd(start, end) - start : 0;
  if (i > 0) hidden.push([start, start + i]);
  while (i < part.length) {
    const character = part[i];
    if (character === "\\") {
      i += 2;
    } else if (character === "`") {
      let length = 1;
      while (part[i + length] === "`") length++;
      const places = runs.get(length) ?? [];
      while (places.length > 0 && places.at(-1)! <= i) places.pop();
      const close = places.at(-1);
      if (close !== undefined && options.codeSpans) hidden.push([start + i, start + close + length]);
      i = (close ?? i) + length;
    } else if (comments && character === "<" && part.startsWith("<!--", i)) {
      const close = part.indexOf("-->", i + 2);
      if (close === -1) comments = false;
      else hidden.push([start + i, start + close + 3]);
      i = close === -1 ? i + 1 : close + 3;
    } else {
      const past = options.markup ? markup.endAt(start + i, end) : null;
      if (past !== null) hidden.push([start + i, past]);
      i = past === null ? i + 1 : past - start;
    }
  }
}

/** Start of every run of backticks by its length, last one first. */
function backtickRuns(part: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const match of part.matchAll(/`+/g)) {
    const places = runs.get(match[0].length) ?? [];
    places.push(match.index);
    runs.set(match[0].length, places);
  }
  for (const places of runs.values()) places.reverse();
  return runs;
}

/** Length of `> > ` at the start of a line; zero when it is no quote. */
function quotePrefix(text: string, start: number, end: number): number {
  let i = start;
  let length = 0;
  while (i < end) {
    let spaces = 0;
    while (spaces < 3 && text[i + spaces] === " ") spaces++;
    if (text[i + spaces] !== ">" || i + spaces >= end) return length;
    i += spaces + 1;
    if (text[i] === " ") i++;
    length = Math.min(i, end) - start;
  }
  return length;
}

/** Leading white space: how many characters, and the column after it (a tab reaches to the next multiple of four). */
function indentOf(line: string, from = 0): { length: number; column: number } {
  let column = from;
  let length = 0;
  for (; length < line.length; length++) {
    if (line[length] === " ") column++;
    else if (line[length] === "\t") column += 4 - (column % 4);
    else break;
  }
  return { length, column };
}

function applyMask(text: string, hidden: [number, number][]): string {
  let result = "";
  let done = 0;
  for (const [start, end] of hidden) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    result += text.slice(done, from) + text.slice(from, end).replace(/[^\r\n]/g, maskCharacter);
    done = end;
  }
  return result + text.slice(done);
}
