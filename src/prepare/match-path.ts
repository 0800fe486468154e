import { RE2JS } from "re2js";

/** Whether a path in `data` is a pattern. */
export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** Whether one of the paths is one of those written, or matches a pattern among them. */
export function touchesAny(paths: readonly string[], written: readonly string[]): boolean {
  const patterns = written.filter(isPattern).map(pathMatcher);
  return paths.some((path) => written.includes(path) || patterns.some((matches) => matches(path)));
}

/** The folders of a pattern up to its first wildcard; `""` is the root. */
export function folderBefore(pattern: string): string {
  const parts = pattern.split("/");
  const first = parts.findIndex(isPattern);
  return parts.slice(0, first < 0 ? -1 : first).join("/");
}

/**
 * A test for paths that a pattern means. `*` stands for any characters of a name, `?` for one, `**` for any number of
 * folders (at the end also for the file in them); none of them for a name that begins with a dot. Every other character
 * stands for itself. RE2 runs it, so no pattern can stall a review.
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const parts = pattern.split("/");
  const written = parts.map((part, at) => {
    const last = at === parts.length - 1;
    if (part === "**") return last ? `(?:${folder})*${folder.slice(0, -1)}` : `(?:${folder})*`;
    return `${namePattern(part)}${last ? "" : "/"}`;
  });
  const compiled = RE2JS.compile(`(?s)^${written.join("")}$`);
  return (path) => compiled.matcher(path).matches();
}

/** One folder whose name does not begin with a dot. */
const folder = "[^./][^/]*/";

function namePattern(part: string): string {
  const hidden = /^[*?]/.test(part) ? notDot(part) : null;
  if (hidden !== null) return hidden;
  return [...part].map(characterPattern).join("");
}

/** A name that begins with a wildcard: its first character is no dot. */
function notDot(part: string): string {
  const rest = [...part.slice(1)].map(characterPattern).join("");
  if (part.startsWith("?")) return `[^./]${rest}`;
  // The star may also stand for nothing; then the next character is the first one of the name.
  const empty = /^(?:\.|$)/.test(part.slice(1)) ? null : namePattern(part.slice(1));
  return empty === null ? `[^./][^/]*${rest}` : `(?:[^./][^/]*${rest}|${empty})`;
}

function characterPattern(character: string): string {
  return character === "*" ? "[^/]*" : character === "?" ? "[^/]" : RE2JS.quote(character);
}
