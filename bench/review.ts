/**
 * How long a whole `modelsync review` of the example takes beside scikit-learn doing the same train and evaluate twice.
 *
 *   node bench/review.ts [path of a python that has scikit-learn and pandas]
 *
 * The review does more: paired tests, slices, drift, integrity, checks, report. Prints medians of the processes' wall
 * time, interleaved in one run, and their ratio.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median.ts";

const python = process.argv[2] ?? "python3";
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "modelsync-bench-"));
const root = new URL("..", import.meta.url).pathname;
const modelsync = join(root, "bin/modelsync.js");

function repository(rows: number | null): string {
  const path = join(folder, `rows-${rows ?? "all"}`);
  cpSync(join(root, "examples/income-model"), path, { recursive: true });
  const data = join(path, "data/adult.csv");
  if (rows !== null)
    writeFileSync(
      data,
      `${readFileSync(data, "utf8")
        .split("\n")
        .slice(0, rows + 1)
        .join("\n")}\n`,
    );
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], { cwd: path });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=base");
  git("checkout", "--quiet", "-b", "change");
  const experiment = join(path, "models/income/experiment.yml");
  writeFileSync(experiment, readFileSync(experiment, "utf8").replace(", capital_gain, capital_loss]", "]"));
  git("commit", "--quiet", "--all", "--message=change");
  return path;
}

function seconds(command: string, args: string[], cwd: string): number {
  const started = performance.now();
  execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  return (performance.now() - started) / 1000;
}

try {
  for (const rows of [1_000, null]) {
    const path = repository(rows);
    const times: Record<"cold" | "cached" | "peer", number[]> = { cold: [], cached: [], peer: [] };
    for (let round = 0; round < rounds; round += 1) {
      times.cold.push(seconds(process.execPath, [modelsync, "review", "--base", "main", "--no-cache"], path));
      if (round === 0) seconds(process.execPath, [modelsync, "review", "--base", "main"], path);
      times.cached.push(seconds(process.execPath, [modelsync, "review", "--base", "main"], path));
      const excluded = ["fnlwgt,education,capital_gain,capital_loss", "fnlwgt,education"];
      const peer = [join(root, "bench/scikit_learn_review.py"), "data/adult.csv", "income", ">50K", ...excluded];
      times.peer.push(seconds(python, peer, path));
    }
    const [cold, cached, peer] = [median(times.cold), median(times.cached), median(times.peer)];
    console.log(
      `${rows ?? 32_561} rows: review ${cold.toFixed(2)} s, cached ${cached.toFixed(2)} s, scikit-learn ${peer.toFixed(2)} s; ` +
        `ratio ${(cold / peer).toFixed(2)}, cached ${(cached / peer).toFixed(2)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
