/**
 * The App under everything that can happen to it: kills of its process while people work (`soakKills`), and random sequences
 * of steps in which it dies at any of its awaits (`soakSequences`).
 *
 *     npm run soak [-- --minutes NUMBER] [--sequences NUMBER] [--seed NUMBER] [--path PATH] [--write]
 *
 * `--write` keeps what was seen in docs/results/soak.md. `--path`, with the seed beside it, plays again what was found to be
 * wrong. Exits with 1 when something was wrong. Nothing leaves this machine.
 */
import { parseArgs } from "node:util";
import { writeResults } from "../scripts/write-results.ts";
import { soakKills } from "./kills.ts";
import { soakSequences } from "./sequences.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    sequences: { type: "string" },
    seed: { type: "string" },
    path: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const sequences = Number(values.sequences ?? (values.path === undefined ? 0 : 1));
const minutes = Number(values.minutes ?? (sequences === 0 ? 3 : 0));

const soaked = [
  ...(minutes > 0 ? [await soakKills(minutes, seed)] : []),
  ...(sequences > 0 ? [await soakSequences(sequences, seed, values.path)] : []),
];
const command = `npm run soak -- ${[...(minutes > 0 ? [`--minutes ${minutes}`] : []), ...(sequences > 0 ? [`--sequences ${sequences}`] : [])].join(" ")} --seed ${seed}`;
const report = [
  `\`${command}\``,
  ...soaked.flatMap(({ lines, wrong }) => [
    "",
    ...lines,
    ...(wrong.length === 0 ? [] : ["", "Wrong:", "", ...wrong.map((line) => `* ${line}`)]),
  ]),
];
process.stdout.write(`${report.join("\n")}\n`);
if (values.write) writeResults("soak.md", "Soak", report);
process.exit(soaked.every(({ wrong }) => wrong.length === 0) ? 0 : 1);
