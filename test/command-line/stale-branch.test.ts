import { afterAll, beforeAll, expect, it } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { modelsync } from "./run-command.ts";

const policy =
  "version: 1\nmodels: [{ id: income, experiment: income.yml, metrics: { roc_auc: { tolerance: 0.01, min: 0.7 } } }]\n";
const experiment = (data: string) => incomeExperiment().replace("data/income.csv", data);
const table = incomeCsv();

let git: GitRepository;
beforeAll(() => {
  git = new GitRepository();
  const start = git.commit({
    ".github/modelsync.yml": policy,
    "income.yml": experiment("data/one.csv"),
    "data/one.csv": table,
    "data/two.csv": table,
  });
  const branch = (name: string, files: Parameters<GitRepository["commit"]>[0]) => {
    git.branch(name, start);
    git.commit(files);
  };
  const [header, ...rows] = table.trimEnd().split("\n");
  const wrecked = rows.map((row, at) => row.replace(/(?:yes|no)$/, (at * 7919) % 13 < 6 ? "yes" : "no"));
  branch("wrecks", { "data/two.csv": `${[header, ...wrecked].join("\n")}\n` });
  branch("conflicts", { "income.yml": experiment("data/three.csv"), "data/three.csv": table });
  branch("documents", { "docs/notes.md": "how we label\n" });
  git.checkout("main");
  git.commit({ "income.yml": experiment("data/two.csv") });
});
afterAll(() => git[Symbol.dispose]());

const short = (revision: string) => git.git("rev-parse", "--short=7", revision);
const review = (head: string) => modelsync(git.folder, ["review", "--base", "main", "--head", head, "--no-cache"]);

it("judges what would be merged when the base changed what the model reads, and says so", () => {
  const { status, stdout } = review("wrecks");
  const [main, ours] = [short("main"), short("wrecks")];
  expect([status, ...stdout.split("\n").slice(0, 2)]).toEqual([
    1,
    "✗ ModelSync: this change makes income worse, past its metric limits",
    `  Compared ${ours} (wrecks) merged into ${main} (main) with ${main}, because main changed what is measured since this branch left it.`,
  ]);
});

it("can't tell what a conflict would give, and says what to do", () => {
  const { status, stdout } = review("conflicts");
  expect([status, stdout.split("\n")[0]]).toEqual([2, "✗ ModelSync: income could not be judged as merged"]);
  expect(stdout).toContain("Update the branch: merge main into it, resolve the conflict and push.");
});

it("passes a branch that changed documents only", () => {
  const { status, stdout } = review("documents");
  expect([status, stdout.split("\n")[0]]).toEqual([0, "✓ ModelSync: nothing measured changed"]);
});

it("has nothing to review on the base itself, whatever it misses", () => {
  const { status, stdout } = review("main~1");
  expect([status, stdout.split("\n")[0]]).toEqual([
    0,
    "✓ ModelSync: nothing to review: this branch has no commit that main lacks",
  ]);
});
