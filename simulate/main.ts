/**
 * Statistics that take too long for every commit, with a fresh seed each time: whether intervals cover the truth as often, and
 * tests are wrong as seldom, as they promise. Runs every simulation of this folder whose name holds one of the words given.
 *
 *     npm run simulate [-- --seed NUMBER] [--write] [WORD …]
 *
 * `--write` keeps the tables in docs/results/simulate.md with date, commit and seed. Exits with 1 when one did not pass.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeResults } from "../scripts/write-results.ts";
import type { SimulationResult } from "./simulation-result.ts";

const { values, positionals } = parseArgs({
  options: { seed: { type: "string" }, write: { type: "boolean", default: false } },
  allowPositionals: true,
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !["main.ts", "simulation-result.ts"].includes(name))
  .filter((name) => positionals.length === 0 || positionals.some((word) => name.includes(word)))
  .sort();

const sections: string[] = [];
let passed = true;
for (const file of files) {
  const { default: simulate } = (await import(join(import.meta.dirname, file))) as {
    default: (seed: number) => Promise<SimulationResult>;
  };
  const result = await simulate(seed);
  passed &&= result.passed;
  sections.push(toMarkdown(result));
  process.stdout.write(`${sections.at(-1)}\n`);
}
if (values.write) writeResults("simulate.md", "Simulations", [`Seed ${seed}.`, "", ...sections]);
process.exitCode = passed ? 0 : 1;

function toMarkdown({ title, command, rows, passed }: SimulationResult): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const aligned = columns.map((column) => (typeof rows[0]?.[column] === "number" ? "---:" : "---"));
  const table = [columns, aligned, ...rows.map((row) => columns.map((column) => row[column] ?? ""))].map(line);
  return [`## ${title}`, "", `${passed ? "Passed" : "**Did not pass**"}: \`${command}\``, "", ...table, ""].join("\n");
}
