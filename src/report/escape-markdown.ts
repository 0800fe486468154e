/** Longest text that is shown in full; a column name of a megabyte must not become the comment. */
export const maxShownLength = 200;

/** Where a code point may not be split off: a zero-width space breaks what GitHub would link, and shows as nothing. */
const gap = "&#8203;";

/**
 * The one escaper: any text, shown as plain text in a GitHub comment, wherever it stands (paragraph, list, table cell).
 *
 * Nothing in it becomes markup, HTML, a link, an image, a mention, an issue or commit reference, an emoji or a formula;
 * it stays on one line; invisible and direction-changing characters are dropped; it is cut at `maxShownLength`.
 * Mentions and references need a zero-width space, because GitHub looks for them after Markdown was rendered, when a
 * backslash is gone.
 *
 * @example escapeMarkdown("@a | <b>"); // "@&#8203;a &#124; &lt;b&gt;"
 */
export function escapeMarkdown(text: string): string {
  return (
    cleanText(text)
      .replace(/[\\`*_[\]<>&|~$#@]/g, (character) => entities[character] ?? `\\${character}`)
      // A number begins a list only before a space or the end; 0.8045 does not.
      .replace(/^ ?(?:[-+=]|\d{1,9}[.)](?=\s|$))/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
      // The name of an emoji may hold an underscore, which by now has a backslash before it.
      .replace(/:(?=\/\/|[\w+\\-]{1,100}:)/g, `:${gap}`)
      .replace(/(www)\./gi, `$1${gap}.`)
      .replace(/gh-(?=\d)/gi, (start) => `${start}${gap}`)
      .replace(/(?<![a-z0-9])(?=[0-9a-f]{0,39}\d)(?=\d{0,39}[a-f])[0-9a-f]{7,40}(?![a-z0-9])/gi, splitCommit)
  );
}

/** Seven characters are enough for GitHub to see a commit. */
function splitCommit(sha: string): string {
  return sha.replace(/.{6}(?=.)/g, `$&${gap}`);
}

const entities: Record<string, string> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "|": "&#124;",
  "@": `@${gap}`,
  "#": `#${gap}`,
};

/**
 * Any text as code. Between backticks when that is safe; a text that holds a backtick or a pipe (which would end a
 * table cell) is shown by `<code>` and entities instead.
 *
 * @example escapeCode("sex = Female"); // "`sex = Female`"
 */
export function escapeCode(text: string): string {
  const clean = cleanText(text).trim();
  if (clean === "") return "`(empty)`";
  if (!/[`|]/.test(clean)) return `\`${clean}\``;
  const encoded = clean.replace(/[^A-Za-z0-9 ,=]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${encoded}</code>`;
}

/**
 * One line of visible text, at most `longest` characters: white space becomes single spaces; controls,
 * direction marks, zero-width and tag characters are dropped; broken surrogates are replaced.
 */
export function cleanText(text: string, longest = maxShownLength): string {
  const line = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}]/gu, "");
  const characters = [...line];
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`;
}
