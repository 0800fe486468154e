/**
 * The pipeline beside its peers, whole processes, on the same generated files, interleaved in one run.
 *
 *   node bench/compute.ts [path of a python that has scikit-learn, pandas and evidently]
 *
 * Prints the medians and ratios of training (100,000 × 20) and of the drift report (100,000 × 20 against as many), how
 * time and peak memory grow from 1,000 to 1,000,000 rows, and what the review of files near the size limit takes: one
 * file under two experiments, and two files under two experiments, which trains four models.
 *
 * Compiled code is kept between processes, as the command line and the server keep it; Python does the same. Reviews run
 * with the memory settings of their child process.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frugalEnvironment, frugalOptions } from "../pipeline/child/frugal-memory.ts";
import { childLimits } from "../src/prepare/limits.ts";
import { median } from "./median.ts";
import { mixTables } from "./mix-tables.ts";
import { writeNumericTable } from "./numeric-table.ts";

const python = process.argv[2] ?? "python3";
const rounds = 5;
const root = new URL("..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "modelsync-bench-"));

function seconds(command: string, args: string[]): number {
  const started = performance.now();
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  return (performance.now() - started) / 1000;
}

/** One of the `-once` scripts as the command line starts it. */
function ours(script: string, ...files: string[]): string[] {
  return ["--import", join(root, "bin/keep-compiled.js"), join(root, "bench", script), ...files];
}

/** Runs one of them as the child of a review is run, and reads what it says of its memory. */
function measured(script: string, ...files: string[]): { time: number; megabytes: number } {
  const started = performance.now();
  const output = execFileSync(process.execPath, [...frugalOptions(childLimits.megabytes), ...ours(script, ...files)], {
    encoding: "utf8",
    env: { ...process.env, ...frugalEnvironment },
  });
  return { time: (performance.now() - started) / 1000, megabytes: JSON.parse(output).peakMemory };
}

function beside(name: string, command: string[], peer: string[]): void {
  const times = { ours: [] as number[], theirs: [] as number[] };
  seconds(process.execPath, command);
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(seconds(process.execPath, command));
    times.theirs.push(seconds(python, peer));
  }
  const [us, them] = [median(times.ours), median(times.theirs)];
  console.log(`${name}: ModelSync ${us.toFixed(2)} s, peer ${them.toFixed(2)} s, ratio ${(us / them).toFixed(2)}`);
}

try {
  const base = join(folder, "base.csv");
  const head = join(folder, "head.csv");
  writeNumericTable(base, 100_000, 20, "base");
  writeNumericTable(head, 100_000, 20, "head", 0.3);
  const script = (name: string) => join(root, "bench", name);
  beside("train 100,000 × 20", ours("train-once.ts", base), [script("scikit_learn_train.py"), base]);
  beside("drift 100,000 × 20", ours("drift-once.ts", base, head), [script("evidently_drift.py"), base, head]);

  const say = (what: string, file: string, { time, megabytes }: ReturnType<typeof measured>) => {
    const size = (statSync(file).size / 1e6).toFixed(1);
    console.log(`${what} (${size} MB): ${time.toFixed(2)} s, at most ${megabytes} MB of memory`);
    return time;
  };
  const grown = [1_000, 10_000, 100_000, 1_000_000].map((rows) => {
    const file = join(folder, `${rows}.csv`);
    writeNumericTable(file, rows, 5, "grown");
    return say(`train ${rows} × 5`, file, measured("train-once.ts", file));
  });
  const exponent = Math.log10(grown[3]! / grown[2]!);
  const overall = Math.log10(grown[3]! / grown[0]!) / 3;
  console.log(`time grows as rows^${exponent.toFixed(2)} from 100,000 to 1,000,000 rows`);
  console.log(`and as rows^${overall.toFixed(2)} from 1,000 rows on, where the start of the process counts most`);

  const large = join(folder, "large.csv");
  writeNumericTable(large, 970_000, 5, "large");
  say("review 970,000 × 5", large, measured("review-once.ts", large));
  const other = join(folder, "other.csv");
  const changed = join(folder, "changed.csv");
  writeNumericTable(other, 970_000, 5, "other");
  mixTables(changed, large, other, 10);
  say("review 970,000 × 5, twice", changed, measured("review-once.ts", large, changed));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
