/**
 * The pipeline beside its peers, whole processes, on the same generated files, interleaved in one run.
 *
 *   node bench/compute.ts [path of a python that has scikit-learn, pandas and evidently]
 *
 * Prints the medians and ratios of training (100,000 × 20) and of the drift report (100,000 × 20 against the same), and
 * how time and memory grow from 1,000 to 1,000,000 rows.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median.ts";
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

function beside(name: string, ours: string[], theirs: string[]): void {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(seconds(process.execPath, ours));
    times.theirs.push(seconds(python, theirs));
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
  beside("train 100,000 × 20", [script("train-once.ts"), base], [script("scikit_learn_train.py"), base]);
  beside("drift 100,000 × 20", [script("drift-once.ts"), base, head], [script("evidently_drift.py"), base, head]);

  const grown = [1_000, 10_000, 100_000, 1_000_000].map((rows) => {
    const file = join(folder, `${rows}.csv`);
    writeNumericTable(file, rows, 5, "grown");
    const once = seconds(process.execPath, [script("train-once.ts"), file]);
    console.log(`train ${rows} × 5 (${(statSync(file).size / 1e6).toFixed(1)} MB): ${once.toFixed(2)} s`);
    return once;
  });
  const exponent = Math.log10(grown[3]! / grown[2]!);
  console.log(`time grows as rows^${exponent.toFixed(2)} from 100,000 to 1,000,000 rows`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
