import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { root } from "./import-graph.ts";

/** Keeps the last results of a slow tier in docs/results, with the date and the commit that they are of. */
export function writeResults(file: string, title: string, sections: readonly string[]): void {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const commit = git("rev-parse", "--short=12", "HEAD");
  const changed =
    git("status", "--porcelain", "--", "src", "pipeline", "emulator") === "" ? "" : ", with changes not committed";
  const date = new Date().toISOString().slice(0, 10);
  const head = [
    `# ${title}`,
    "",
    `${date}, commit ${commit}${changed}, Node ${process.versions.node}, ${cpus().length} cores.`,
  ];
  mkdirSync(join(root, "docs/results"), { recursive: true });
  writeFileSync(join(root, "docs/results", file), `${[...head, "", ...sections].join("\n").trimEnd()}\n`);
}
