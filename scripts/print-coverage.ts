/** Prints the coverage that `vitest run --coverage` measured, per room; `--write` keeps it in docs/results/coverage.md. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./import-graph.ts";
import { writeResults } from "./write-results.ts";

interface Count {
  total: number;
  covered: number;
}
type Summary = Record<string, Record<"statements" | "branches", Count>>;

const file = join(root, "node_modules/.cache/coverage/coverage-summary.json");
const summary = JSON.parse(readFileSync(file, "utf8")) as Summary;

const rooms = new Map<string, { statements: Count; branches: Count }>();
for (const [path, { statements, branches }] of Object.entries(summary)) {
  const parts = path === "total" ? ["all"] : relative(root, path).split("/").slice(0, -1).slice(0, 2);
  const room = rooms.get(parts.join("/")) ?? {
    statements: { total: 0, covered: 0 },
    branches: { total: 0, covered: 0 },
  };
  for (const [sum, more] of [
    [room.statements, statements],
    [room.branches, branches],
  ] as const) {
    sum.total += more.total;
    sum.covered += more.covered;
  }
  rooms.set(parts.join("/"), room);
}
const percent = ({ total, covered }: Count) => `${((100 * covered) / Math.max(1, total)).toFixed(1)} %`.padStart(11);
const lines = [...rooms]
  .sort()
  .map(([room, { statements, branches }]) => `${room.padEnd(28)}${percent(statements)}${percent(branches)}`);
const table = [`${"covered by tests".padEnd(28)} statements   branches`, ...lines];
process.stdout.write(`${table.join("\n")}\n`);
if (process.argv.includes("--write")) {
  const note =
    "Code that only runs in processes of its own (command line, children of the pipeline, `src/main.ts`) is not counted.";
  writeResults("coverage.md", "Coverage", [note, "", "```", ...table, "```"]);
}
