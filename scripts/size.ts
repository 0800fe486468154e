/**
 * How many statements each room holds, by the compiler's syntax tree: every statement and declaration at any depth, blocks
 * and empty statements aside. Comments, names and line breaks don't count, so that nobody saves on them.
 *
 *     npm run size [-- --against COMMIT]
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { countStatements } from "./count-statements.ts";
import { root, sourceFiles } from "./import-graph.ts";
import { syntaxTrees } from "./syntax-trees.ts";

const parts = ["src", "pipeline", "emulator"];

/** Statements by room: the folder below `src`, `pipeline` or `emulator`. */
function sizeOf(texts: ReadonlyMap<string, string>): Map<string, number> {
  const rooms = new Map<string, number>();
  for (const [path, tree] of syntaxTrees(texts)) {
    const room = dirname(path).split("/").slice(0, 2).join("/");
    rooms.set(room, (rooms.get(room) ?? 0) + countStatements(tree));
  }
  return rooms;
}

function textsNow(): Map<string, string> {
  const files = sourceFiles(...parts.map((part) => `${part}/*.ts`));
  return new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

function textsOf(commit: string): Map<string, string> {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const files = git("ls-tree", "-r", "--name-only", commit, "--", ...parts)
    .split("\n")
    .filter((path) => path.endsWith(".ts"));
  return new Map(files.map((file) => [file, git("show", `${commit}:${file}`)]));
}

const { against } = parseArgs({ options: { against: { type: "string" } } }).values;
const now = sizeOf(textsNow());
const before = against === undefined ? null : sizeOf(textsOf(against));

const rooms = [...new Set([...now.keys(), ...(before?.keys() ?? [])])].sort();
const line = (name: string, within: (room: string) => boolean) => {
  const sum = (size: Map<string, number>) =>
    [...size].reduce((total, [room, count]) => total + (within(room) ? count : 0), 0);
  const counts = before === null ? [sum(now)] : [sum(before), sum(now), sum(now) - sum(before)];
  return `${name.padEnd(28)}${counts.map((count) => count.toLocaleString("en").padStart(9)).join("")}\n`;
};
if (before !== null)
  process.stdout.write(
    `${"statements".padEnd(28)}${[against!.slice(0, 7), "now", "change"].map((word) => word.padStart(9)).join("")}\n`,
  );
for (const room of rooms) process.stdout.write(line(room, (one) => one === room));
for (const part of parts) process.stdout.write(line(`all of ${part}`, (one) => one.split("/")[0] === part));
process.stdout.write(line("all three", () => true));
