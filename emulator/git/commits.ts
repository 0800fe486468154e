import { remember } from "./memory.ts";
import { readObject } from "./object-reader.ts";
import { writeObject } from "./objects.ts";
import { git } from "./run.ts";

/** Who wrote or committed, and when (ISO 8601). */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** What {@link parseCommit} reads. */
export const commitFormat = "%H%x1f%T%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B%x1e";

/** Commits reachable by the given revision arguments, e.g. `['base..head']` or `['-1', sha]`; newest first. */
export async function readCommits(directory: string, revisions: readonly string[]): Promise<Commit[]> {
  const text = await git(directory, ["log", `--format=${commitFormat}`, ...revisions]);
  return text
    .split("\x1e")
    .map((record) => record.replace(/^\n/, ""))
    .filter(Boolean)
    .map(parseCommit);
}

/** One commit, read straight from its object. */
export async function readCommit(directory: string, sha: string): Promise<Commit> {
  const found = await readObject(directory, sha);
  if (found?.type !== "commit") throw new Error(`there is no commit ${sha}`);
  const text = found.content.toString("utf8");
  const blank = text.indexOf("\n\n");
  const lines = text.slice(0, blank).split("\n");
  const values = (name: string) =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    sha: found.sha,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: parseSignature(values("author")[0] ?? ""),
    committer: parseSignature(values("committer")[0] ?? ""),
    message: text.slice(blank + 2).replace(/\n+$/, ""),
  };
}

function parseSignature(text: string): Signature {
  const [, name = "", email = "", seconds = "0"] = /^(.*?) ?<(.*)> (\d+) [+-]\d+$/.exec(text) ?? [];
  return { name, email, date: utc(Number(seconds) * 1000) };
}

export function parseCommit(record: string): Commit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", ad = "", cn = "", ce = "", cd = "", message = ""] =
    record.split("\x1f");
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
    message: message.replace(/\n+$/, ""),
  };
}

function utc(date: string | number): string {
  return new Date(date).toISOString().replace(".000Z", "Z");
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: { name: string; email: string; date?: string | undefined };
  readonly committer?: { name: string; email: string; date?: string | undefined };
}

/** Writes a commit object and returns its id. */
export function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const committer = commit.committer ?? commit.author;
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${sign(commit.author)}`,
    `committer ${sign(committer)}`,
  ];
  const message = commit.message.endsWith("\n") ? commit.message : `${commit.message}\n`;
  return writeObject(directory, "commit", Buffer.from(`${lines.join("\n")}\n\n${message}`));
}

function sign({ name, email, date }: NewCommit["author"]): string {
  const seconds = Math.floor((date === undefined ? Date.now() : Date.parse(date)) / 1000);
  const clean = (text: string) => text.replaceAll(/[<>\n\0]/g, "");
  return `${clean(name)} <${clean(email)}> ${seconds} +0000`;
}

/** How far two commits are apart: commits only in `base`, commits only in `head`. */
export function countApart(directory: string, base: string, head: string): Promise<{ behind: number; ahead: number }> {
  return remember(directory, `apart ${base} ${head}`, async () => {
    const text = await git(directory, ["rev-list", "--left-right", "--count", `${base}...${head}`]);
    const [behind = 0, ahead = 0] = text.trim().split(/\s+/).map(Number);
    return { behind, ahead };
  });
}
