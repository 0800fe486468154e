import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { launcher, modelsync } from "./run-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const policy = `version: 1
models:
  - id: income
    experiment: income.yml
    metrics: { roc_auc: { tolerance: 0.01 } }
`;

let git: GitRepository;
let older = "";
beforeAll(() => {
  git = new GitRepository();
  git.commit({ ".github/modelsync.yml": policy, "income.yml": incomeExperiment(), "data/income.csv": incomeCsv() });
  git.branch("worse");
  git.commit({ "income.yml": incomeExperiment("exclude: [hours]") }, "Drop hours");
  git.branch("same", "main");
  git.commit({ "readme.txt": "a word" }, "Say a word");

  older = mkdtempSync(join(tmpdir(), "modelsync-older-"));
  for (const part of ["bin", "pipeline", "src", "templates", "package.json"]) {
    cpSync(join(root, part), join(older, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(older, "node_modules"));
  // An engine that holds out other rows, and to which any difference may be chance.
  edit(
    "pipeline/stats/hash.ts",
    /(?<=export function hashToUnit\(hash: string, seed: number\): number \{)/,
    " seed += 1;",
  );
  edit(
    "pipeline/stats/normal-distribution.ts",
    /(?<=export function normalTwoSided\(z: number\): number \{)/,
    " return 1;",
  );
});
afterAll(() => {
  git[Symbol.dispose]();
  rmSync(older, { recursive: true });
});

function edit(file: string, place: RegExp, text: string): void {
  const content = readFileSync(join(older, file), "utf8");
  const edited = content.replace(place, text);
  if (edited === content) throw new Error(`${file} is written otherwise now`);
  writeFileSync(join(older, file), edited);
}

const review = (installed: string, head: string, ...more: string[]) =>
  modelsync(git.folder, ["review", "--base", "main", "--head", head, ...more], {}, installed);
const reviewByOlder = (head: string) => review(join(older, "bin", "modelsync.js"), head);

/** The answer as JSON, without times, where results came from, and what an earlier engine said. */
function answer(head: string, ...more: string[]) {
  const fleeting = ["now", "timings", "cached", "earlier", "engineChange"];
  const { stdout } = review(launcher, head, "--format", "json", ...more);
  const whole = JSON.parse(stdout);
  const plain = JSON.parse(stdout, (key, value) => (fleeting.includes(key) ? undefined : value));
  return { whole, plain };
}

const sentence =
  "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be pass; metric regression would say pass and says fail.";

it("after an upgrade the numbers are the new engine's, and what only the engine changed is said each time", () => {
  const before = reviewByOlder("worse");
  expect([before.status, before.stderr, before.stdout.includes("Only ModelSync's engine changed")]).toEqual([
    0,
    "",
    false,
  ]);

  const after = review(launcher, "worse");
  expect([after.status, after.stdout.split("\n\n")[1]]).toEqual([1, sentence]);
  const again = review(launcher, "worse");
  expect({ ...again, stdout: again.stdout.replaceAll(", from cache", "") }).toEqual(after);
  expect(review(launcher, "worse", "--format", "markdown").stdout).toContain(sentence.replace("pass", "`pass`"));

  const cached = answer("worse");
  expect(cached.plain).toEqual(answer("worse", "--no-cache").plain);
  expect(cached.whole.verdict.engineChange).toEqual({
    conclusion: "pass",
    answers: [{ id: "metric-regression", title: "Metric regression", earlier: "pass", now: "fail" }],
  });
  const [{ base, earlier }] = cached.whole.facts.models;
  expect([earlier.engine, earlier.review.base.run.lineage.engine]).toEqual([earlier.engine, earlier.engine]);
  expect(earlier.engine).not.toBe(base.run.lineage.engine);
  expect(earlier.review.base.run.metrics).not.toEqual(base.run.metrics);
}, 120_000);

it("when the verdict is the same, only the numbers are new", () => {
  const before = reviewByOlder("same");
  expect([before.status, before.stderr]).toEqual([0, ""]);
  const after = review(launcher, "same");
  expect([after.status, after.stdout.includes("Only ModelSync's engine changed")]).toEqual([0, false]);
  const cached = answer("same");
  expect(cached.whole.facts.models[0].earlier.review.head.run.metrics).not.toEqual(
    cached.whole.facts.models[0].head.run.metrics,
  );
  expect(cached.whole.verdict.engineChange).toBeUndefined();
  expect(cached.plain).toEqual(answer("same", "--no-cache").plain);
}, 120_000);
