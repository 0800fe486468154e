/** Elements whose content is shown as code. */
const codeElements = new Set(["code", "pre", "samp", "tt"]);

const tagStart = /<(?:[!?]|\/?([a-z][a-z0-9-]*)(?=[\s/>]))/iy;

const destination = "(?:<[^<>\\n]*>|[^\\s()<]*(?:\\([^\\s()]*\\)[^\\s()]*)*)";
const title = `(?:"(?:\\\\[^]|[^"\\\\])*"|'(?:\\\\[^]|[^'\\\\])*'|\\((?:\\\\[^]|[^()\\\\])*\\))`;
/** A look-ahead gives nothing back, so that a run of spaces is read once. */
const spaces = (group: number) => `(?=(\\s*))\\${group}`;
const linkTarget = new RegExp(`\\]\\(${spaces(1)}${destination}${spaces(2)}${title}?${spaces(3)}\\)`, "y");
const definition = new RegExp(
  ` {0,3}\\[(?!\\^)[^[\\]]{1,999}\\]:${spaces(1)}(?!\\s)${destination}(?:[ \\t]{1,20}\\n?[ \\t]{0,20}${title}|\\n[ \\t]{0,20}${title})?[ \\t]{0,20}(?:\\n|$)`,
  "my",
);

/** Where the markup of one text ends. All are places in the text; linear in its length. */
export interface Markup {
  /**
   * The end of the markup that begins at a place and lies before `end`; null when none does. That is what GitHub does not
   * show: tags with their attributes, and with them the content of code; the text of images; addresses, titles and labels
   * of links.
   */
  endAt(at: number, end: number): number | null;
  /** The end of the tag that begins at a place, over lines but no blank one; null when none does. */
  tagEnd(at: number): number | null;
  /** The end of the definitions of links with which the paragraph from `start` to `end` begins. */
  definitionsEnd(start: number, end: number): number;
}

/** Looks for markup in a text. */
export function findMarkup(text: string): Markup {
  const { closed, closings } = scan(text);
  const lower = text.toLowerCase();

  function tagEnd(at: number): number | null {
    const start = matchAt(tagStart, text, at);
    const end = start === null ? 0 : closed[at + start[0].length]!;
    return end > 0 ? end : null;
  }

  /** With the content, when it is code; that goes on over paragraphs. */
  function elementEnd(at: number, end: number): number | null {
    const tag = tagEnd(at);
    if (tag === null || tag > end) return null;
    const name = matchAt(tagStart, text, at)?.[1]?.toLowerCase();
    if (name === undefined || text[at + 1] === "/" || !codeElements.has(name)) return tag;
    const close = lower.indexOf(`</${name}`, tag);
    return close === -1 ? text.length : close;
  }

  function endAt(at: number, end: number): number | null {
    if (text[at] === "<") return elementEnd(at, end);
    const bracket = text[at] === "!" || text[at] === "]" ? closings[at + 1]! : 0;
    if (bracket > 0) return text[at] === "!" ? bracket : bracket + 1;
    const target = text[at] === "]" ? matchAt(linkTarget, text, at) : null;
    return target === null || at + target[0].length > end ? null : at + target[0].length;
  }

  function definitionsEnd(start: number, end: number): number {
    let at = start;
    while (at < end) {
      const found = matchAt(definition, text, at);
      if (found === null || at + found[0].length > end + 1) break;
      at += found[0].length;
    }
    return Math.min(at, end);
  }

  return { endAt, tagEnd, definitionsEnd };
}

/**
 * For each place: where a tag that is open there ends, and for a `[` its `]`; 0 when nowhere before a blank line. A `>`
 * between quotes ends no tag, and a `<` outside of them is none.
 */
function scan(text: string): { closed: Int32Array; closings: Int32Array } {
  const [closed, double, single] = [1, 2, 3].map(() => new Int32Array(text.length + 2)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const closings = new Int32Array(text.length + 2);
  let open: number[] = [];
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at];
    if (character === "\n" && /\n[ \t\r]*$/.test(text.slice(Math.max(0, at - 20), at))) {
      open = [];
      continue;
    }
    double[at] = character === '"' ? closed[at + 1]! : double[at + 1]!;
    single[at] = character === "'" ? closed[at + 1]! : single[at + 1]!;
    if (character === ">") closed[at] = at + 1;
    else if (character === '"') closed[at] = double[at + 1]!;
    else if (character === "'") closed[at] = single[at + 1]!;
    else if (character !== "<") closed[at] = closed[at + 1]!;
    if (text[at - 1] === "\\") continue;
    if (character === "]") open.push(at);
    else if (character === "[") closings[at] = open.pop() ?? 0;
  }
  return { closed, closings };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
