/** GitHub says nothing of longer ones; with the longest name of a file they bound what a comparison costs. */
const longestPattern = 1000;
const longestName = 255;

/** What works in `.gitignore` and not in CODEOWNERS, by GitHub's documentation; three stars are what it lists as a mistake. */
const unsupported = /^!|^\\#|[[\]]|\*\*\*/;

export function isOwnedPattern(pattern: string): boolean {
  return pattern.length <= longestPattern && !unsupported.test(pattern);
}

/**
 * Whether a pattern of CODEOWNERS means a path. It is written as in `.gitignore`: with a slash before its end it is a path
 * from the root, without one a name at any depth; it also means what is below the folder that it names, but `docs/*` only
 * what lies in `docs` itself. Case counts.
 *
 * Compared name by name rather than with a regular expression: a file may hold 100,000 patterns, and to compile each would
 * take seconds.
 *
 * @example matchesOwnedPath("apps/", "src/apps/a.ts") // true
 */
export function matchesOwnedPath(pattern: string, path: string): boolean {
  const folder = pattern.endsWith("/");
  const written = folder ? pattern.slice(0, -1) : pattern;
  const fromRoot = written.includes("/");
  const parts = written.replace(/^\//, "").split("/");
  const names = path.split("/");
  let reached = fromRoot ? new Set([0]) : new Set(names.keys());
  for (const [at, part] of parts.entries()) {
    const within = [...reached].filter((index) => index < names.length);
    if (part === "**") {
      if (at === parts.length - 1 && !folder) return within.length > 0;
      const first = Math.min(...reached);
      reached = new Set(Array.from({ length: names.length - first + 1 }, (_, more) => first + more));
    } else {
      reached = new Set(within.filter((index) => matchesName(part, names[index]!)).map((index) => index + 1));
    }
    if (reached.size === 0) return false;
  }
  if (folder) return [...reached].some((index) => index < names.length);
  const inFolderOnly = fromRoot && parts.at(-1) === "*";
  return inFolderOnly ? reached.has(names.length) : true;
}

/** One name against one part: `*` stands for any characters, `?` for one, and `\` takes its meaning from what follows. */
function matchesName(part: string, name: string): boolean {
  if (name.length > longestName) return false;
  let [at, read] = [0, 0];
  let [star, resume] = [-1, 0];
  while (read < name.length) {
    const escaped = part[at] === "\\" && at + 1 < part.length;
    const wanted = escaped ? part[at + 1] : part[at];
    if (!escaped && wanted === "*") {
      [star, resume] = [at, read];
      at += 1;
    } else if (wanted !== undefined && ((!escaped && wanted === "?") || wanted === name[read])) {
      at += escaped ? 2 : 1;
      read += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, read] = [star + 1, resume];
    } else {
      return false;
    }
  }
  return /^\**$/.test(part.slice(at));
}
