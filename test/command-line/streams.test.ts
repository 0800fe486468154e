import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { soon } from "../support/soon.ts";
import { startNode } from "../support/start-node.ts";
import { launcher } from "./run-command.ts";

const policy =
  "version: 1\nmodels: [{ id: income, experiment: income.yml, metrics: { roc_auc: { tolerance: 0.01 } } }]\n";

let git: GitRepository;
let outside: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  git = new GitRepository();
  git.commit({ ".github/modelsync.yml": policy, "income.yml": incomeExperiment(), "data/income.csv": incomeCsv() });
  git.branch("worse");
  git.commit({ "income.yml": incomeExperiment("exclude: [hours]") });
});
afterAll(() => {
  git[Symbol.dispose]();
  rmSync(outside, { recursive: true });
});

const review = ["review", "--base", "main", "--no-cache"];

it("a reader that closes early changes neither the exit code nor standard error", () => {
  const command = `"$0" "$@" 2>"${outside}/errors" | true; echo "\${PIPESTATUS[0]}"; cat "${outside}/errors"`;
  const args = ["-c", command, process.execPath, launcher, ...review, "--format", "json"];
  expect(spawnSync("bash", args, { cwd: git.folder, encoding: "utf8" }).stdout).toBe("1\n");
});

it.each([
  ["review", review],
  ["run", ["run", "--output", "out"]],
  ["predict", ["predict", "--model", "model.json", "--data", "data/income.csv", "--output", "out"]],
])("Ctrl-C ends the children of %s, removes temporary files and exits with 130", async (name, args) => {
  const temporary = join(outside, name);
  mkdirSync(temporary);
  const child = startNode(launcher, args, {
    cwd: git.folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const started = () => readdirSync(temporary).some((name) => name.startsWith("modelsync-child-"));
  await vi.waitFor(() => expect(started() || child.exitCode !== null).toBe(true), { ...soon, interval: 5 });
  child.kill("SIGINT");
  expect([await ended, readdirSync(temporary), existsSync(join(git.folder, "out"))]).toEqual([130, [], false]);
});
