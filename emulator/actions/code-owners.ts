import { remember } from "../git/memory.ts";
import { readBlob, readEntry } from "../git/objects.ts";
import { resolveCommit } from "../git/repository.ts";
import type { Account, PullIssue, Repository, Team } from "../model.ts";
import { emailOf } from "../present/commit.ts";
import { atLeast, fullName, type State } from "../state.ts";
import { pullFiles } from "./pull-changes.ts";

/** One line of a CODEOWNERS file. */
interface OwnerLine {
  readonly line: number;
  readonly source: string;
  readonly pattern: string;
  /** As written, with the column where each starts. */
  readonly owners: readonly { readonly name: string; readonly column: number }[];
}

export interface CodeOwners {
  readonly path: string;
  readonly lines: readonly OwnerLine[];
}

/** Where GitHub looks, in this order; the first one found counts, also when it is too long to be read. */
const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** GitHub doesn't read a longer file. Bytes. */
const longest = 3_000_000;

/** The CODEOWNERS file of a branch or commit; undefined without one. */
export async function readCodeOwners({ directory }: Repository, ref: string): Promise<CodeOwners | undefined> {
  const commit = await resolveCommit(directory, ref);
  if (!commit) return undefined;
  return remember(directory, `owners ${commit}`, async () => {
    for (const path of places) {
      const entry = await readEntry(directory, commit, path);
      if (entry?.type !== "blob") continue;
      if ((entry.size ?? 0) > longest) return undefined;
      return { path, lines: parseLines((await readBlob(directory, entry.sha)).toString("utf8")) };
    }
    return undefined;
  });
}

function parseLines(text: string): OwnerLine[] {
  return text.split(/\r?\n/).flatMap((source, at) => {
    const words = [...source.replace(/(^|\s)#.*$/, "").matchAll(/(?:\\.|\S)+/g)];
    const [pattern, ...owners] = words.map((match) => ({ name: match[0], column: match.index + 1 }));
    return pattern ? [{ line: at + 1, source, pattern: pattern.name, owners }] : [];
  });
}

/** The regular expression of a pattern; undefined for what GitHub does not take: negations, ranges, three stars. */
function matcher(pattern: string): RegExp | undefined {
  if (/^!|[[\]]|\*\*\*|^\\#/.test(pattern)) return undefined;
  const anchored = /\/./.test(pattern);
  const body = pattern
    .replace(/^\//, "")
    .replaceAll(/\*\*\/|\/\*\*$|\*\*|\*|\?|\\(.)|[.+^${}()|\\]/g, (found, escaped: string | undefined) => {
      if (found === "**/") return "(?:.*/)?";
      if (found === "/**") return "/.*";
      if (found === "**") return ".*";
      if (found === "*") return "[^/]*";
      if (found === "?") return "[^/]";
      return `\\${escaped ?? found}`;
    });
  // What names a folder owns what is below it, but `docs/*` stops at its own level.
  const below = pattern.endsWith("/") ? ".*" : /\/\*$/.test(pattern) ? "" : "(?:/.*)?";
  return new RegExp(`^${anchored || pattern.startsWith("/") ? "" : "(?:.*/)?"}${body}${below}$`);
}

/** How an owner is written: a person, a team or an address. */
const isOwner = (name: string) => /^@[\w-]+(?:\[bot\])?(?:\/[\w-]+)?$/.test(name) || /^[^@\s]+@[^@\s]+$/.test(name);

/** Who owns a path: the owners that the last matching line names, which may be none. Lines with mistakes are skipped. */
export function ownersOf({ lines }: CodeOwners, path: string): readonly string[] {
  const last = lines.findLast(
    ({ pattern, owners }) => owners.every(({ name }) => isOwner(name)) && matcher(pattern)?.test(path),
  );
  return last?.owners.map(({ name }) => name) ?? [];
}

/** The account or team that an owner names, when it may write to the repository. */
export function findOwner(state: State, repository: Repository, name: string): Account | Team | undefined {
  const [organization, slug] = name.replace(/^@/, "").split("/");
  if (slug !== undefined) {
    const team = organization === repository.owner.login ? state.team(repository.owner, slug) : undefined;
    const role = team?.repositories.get(repository.id);
    return role && atLeast(role, "write") && team?.privacy === "closed" ? team : undefined;
  }
  const account = name.startsWith("@")
    ? state.account(name.slice(1))
    : [...state.accounts.values()].find(({ login }) => emailOf(login) === name);
  return account && atLeast(state.roleOf(account, repository), "write") ? account : undefined;
}

/** Who must look at a pull request: for each changed path with owners, those of them who can. */
export async function ownersOfPull(state: State, issue: PullIssue): Promise<(Account | Team)[][]> {
  const { repository, pull } = issue;
  const owners = await readCodeOwners(repository, `refs/heads/${pull.base.ref}`);
  if (!owners) return [];
  const paths = (await pullFiles(issue)).flatMap(({ path, previousPath }) => [
    path,
    ...(previousPath ? [previousPath] : []),
  ]);
  return paths.flatMap((path) => {
    const found = ownersOf(owners, path).flatMap((name) => findOwner(state, repository, name) ?? []);
    return found.length > 0 ? [found] : [];
  });
}

/** Something in a CODEOWNERS file that GitHub can't follow. */
export interface OwnerError {
  readonly line: number;
  readonly column: number;
  readonly kind: "Invalid pattern" | "Invalid owner" | "Unknown owner";
  readonly source: string;
  readonly suggestion: string | null;
  readonly message: string;
  readonly path: string;
}

export function ownerErrors(state: State, repository: Repository, { path, lines }: CodeOwners): OwnerError[] {
  return lines.flatMap(({ line, source, pattern, owners }) => {
    const at = (column: number, kind: OwnerError["kind"], suggestion: string | null = null): OwnerError => {
      const advice = suggestion === null ? "" : `: ${suggestion}`;
      const message = `${kind} on line ${line}${advice}\n\n  ${source}\n  ${" ".repeat(column - 1)}^`;
      return { line, column, kind, source, suggestion, message, path };
    };
    const wrong = matcher(pattern) ? [] : [at(source.indexOf(pattern) + 1, "Invalid pattern")];
    const people = owners.flatMap(({ name, column }) => {
      if (!isOwner(name)) return [at(column, "Invalid owner")];
      const advice = `make sure ${name} exists and has write access to ${fullName(repository)}`;
      return findOwner(state, repository, name) ? [] : [at(column, "Unknown owner", advice)];
    });
    return [...wrong, ...people];
  });
}
