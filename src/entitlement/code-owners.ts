import { isOwnedPattern, matchesOwnedPath } from "./match-owned-path.ts";

/** One line that counts. */
interface OwnerLine {
  line: number;
  pattern: string;
  /** As written: `@login`, `@organization/team` or an address. Empty: nobody owns what the pattern means. */
  owners: string[];
}

/** Something that does not count, as a sentence with code between backticks. */
interface OwnerProblem {
  line: number;
  message: string;
}

/** What a CODEOWNERS file says. */
export interface CodeOwners {
  path: string;
  lines: OwnerLine[];
  problems: OwnerProblem[];
}

/** A CODEOWNERS file, or why there is none to go by. */
export type CodeOwnersFile =
  | ({ state: "read" } & CodeOwners)
  | { state: "not-asked" }
  | { state: "absent" }
  /** GitHub does not load it either. */
  | { state: "too-large"; path: string }
  | { state: "no-text"; path: string };

/** What GitHub says that it can't follow in the file. `column` counts from 1. */
export interface OwnerError {
  line: number;
  column: number;
  kind: string;
}

/** A person or a team that does not exist or may not write here: it does not count, the rest of its line does. */
const unknownOwner = "Unknown owner";

/**
 * Reads a CODEOWNERS file. A line with a mistake, by our reading or by GitHub's, is skipped as GitHub does; an owner that
 * GitHub does not know, or that may not write, is left out of its line. Both are told as problems.
 *
 * @param errors GitHub's own list for this version of the file
 */
export function parseCodeOwners(path: string, text: string, errors: readonly OwnerError[]): CodeOwners {
  const found: CodeOwners = { path, lines: [], problems: [] };
  const told = Map.groupBy(errors, ({ line }) => line);
  for (const [at, source] of text.split(/\r\n|\r|\n/).entries()) {
    const line = at + 1;
    const words = [...source.replace(/(^|\s)#.*$/, "").matchAll(/(?:\\.|\S)+/g)];
    const [pattern, ...owners] = words.map(([word], index) => ({ word, column: words[index]!.index + 1 }));
    if (pattern === undefined) continue;
    const here = told.get(line) ?? [];
    const mistake = findMistake(pattern.word, owners, here);
    if (mistake !== null) {
      found.problems.push({ line, message: `it is skipped, because of ${mistake}` });
      continue;
    }
    const unknown = new Set(here.map(({ column }) => column));
    // Where GitHub names a place at which we read no owner, nobody in the line is taken for known.
    const astray = [...unknown].some((column) => owners.every((owner) => owner.column !== column));
    const [lost, kept] = [true, false].map((gone) =>
      owners.filter(({ column }) => (astray || unknown.has(column)) === gone).map(({ word }) => word),
    ) as [string[], string[]];
    found.lines.push({ line, pattern: pattern.word, owners: kept });
    if (lost.length > 0) {
      const names = lost.slice(0, 5).map(code).join(", ");
      found.problems.push({ line, message: `GitHub knows nobody with write access as ${names}` });
    }
    const addresses = kept.filter(isAddress);
    if (addresses.length > 0) {
      const names = addresses.slice(0, 5).map(code).join(", ");
      found.problems.push({ line, message: `whose address ${names} is can't be asked of GitHub; name the account` });
    }
  }
  return found;
}

/** A file may hold 100,000 lines, and many findings are about one path. */
const looked = new WeakMap<CodeOwners["lines"], Map<string, OwnerLine | null>>();

/** The last line that means a path; null: there is none. */
export function ownersOf({ lines }: Pick<CodeOwners, "lines">, path: string): OwnerLine | null {
  const known = looked.get(lines) ?? new Map<string, OwnerLine | null>();
  looked.set(lines, known);
  const found = known.get(path) ?? lines.findLast(({ pattern }) => matchesOwnedPath(pattern, path)) ?? null;
  known.set(path, found);
  return found;
}

/** What makes a line one that is skipped; null: nothing. */
function findMistake(pattern: string, owners: readonly { word: string }[], errors: readonly OwnerError[]) {
  if (!isOwnedPattern(pattern)) return `the pattern ${code(pattern)}`;
  const owner = owners.find(({ word }) => !isOwner(word));
  if (owner !== undefined) return `${code(owner.word)}, which names nobody`;
  return errors.some(({ kind }) => kind !== unknownOwner) ? "a mistake that GitHub shows in the file" : null;
}

function isOwner(word: string): boolean {
  return /^@[\w-]+(?:\[bot\])?(?:\/[\w-]+)?$/.test(word) || isAddress(word);
}

function isAddress(word: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(word);
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'").slice(0, 100)}\``;
}
