import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Names code by everything that its numbers depend on, as 12 hex characters: the TypeScript files below `folder`, the
 * pinned versions of the packages, and the major version of Node, which brings `Math.exp` and its kin. Where the folder
 * lies does not count. Every package counts, also one that gives no numbers: a result made again costs time, a stale one
 * is wrong.
 *
 * @param dependencies version by package name
 */
export function digestEngine(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  node: string = process.versions.node,
): string {
  const hash = createHash("sha256").update(JSON.stringify([node.split(".")[0], Object.entries(dependencies).sort()]));
  for (const name of codeBelow(folder).sort()) {
    const content = readFileSync(`${folder}/${name}`);
    hash.update(JSON.stringify([name, content.length])).update(content);
  }
  return hash.digest("hex").slice(0, 12);
}

/** Paths below `folder`, with `/`, without what editors hide there. A `readdirSync` that is recursive itself takes ten times as long. */
function codeBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return codeBelow(`${folder}/${entry.name}`).map((path) => `${entry.name}/${path}`);
    return /^[^.].*\.ts$/.test(entry.name) ? [entry.name] : [];
  });
}

const { dependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/**
 * Names the numbers this pipeline gives; read from its own files, about 10 ms at the start of a process. Cached runs and
 * reviews carry it: those of another engine are never the answer.
 */
export const engineVersion: string = digestEngine(fileURLToPath(new URL(".", import.meta.url)), dependencies);
