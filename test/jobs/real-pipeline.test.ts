import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { spamExperiment, spamFiles, spamPolicy } from "../support/spam.ts";

const policy = spamPolicy({ "linked-issue": "off" });

let local: LocalApp;
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-"));
  const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
  local = await startLocalApp({ policy, reviewModels });
  await local.commit("main", spamFiles);
  await local.settle();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function verdictOn(branch: string, files: Record<string, string | null>) {
  const sha = await local.commit(branch, files);
  const calls = await local.callsDuring(() => local.open(branch));
  const [run] = await local.checkRuns(sha);
  const { data: pulls } = await local.ada.rest.pulls.list({ ...local.repository, head: `acme:${branch}` });
  const [comment] = await local.comments(pulls[0]!.number);
  return { conclusion: run?.conclusion, comment: comment?.body ?? "", calls };
}

it("trains both sides and blocks a change that makes the model worse", async () => {
  const { conclusion, comment } = await verdictOn("worse", { "models/spam.yml": spamExperiment("length") });
  expect(conclusion).toBe("failure");
  expect(comment).toMatch(/^### ✗ ModelSync: this change makes `?spam`? worse/);
  expect(comment).toContain("ROC AUC");
});

it("passes a change that touches no model, from what it already knows", async () => {
  const { conclusion, calls } = await verdictOn("notes", { "README.md": "More words" });
  expect(conclusion).toBe("success");
  expect(calls.filter((call) => call !== "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}")).toEqual([
    "POST /graphql",
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    "POST /repos/{owner}/{repo}/check-runs",
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  ]);
});

it("names what it did not measure, first what can change a model most, and ticks no metric", async () => {
  const { conclusion, comment } = await verdictOn("own-model", {
    "README.md": "More words still",
    "metrics.json": "{}",
    "params.yaml": "depth: 2",
    "|@ada<img>.py": "import this",
  });
  expect([conclusion, comment.split("<details>")[0]?.trimEnd()]).toEqual([
    "success",
    "### ✓ ModelSync: nothing measured changed, with 1 warning: unmeasured changes\n" +
      "Not measured: <code>&#124;&#64;ada&#60;img&#62;&#46;py</code>, `params.yaml`, `metrics.json`.",
  ]);
  expect(comment).toContain("- [x] metrics not changed: spam");
  expect(comment).not.toContain("no metric regression");
});

it.each<[what: string, files: Record<string, string>, verdict: string, said: RegExp]>([
  ["runs", { "models/short.yml": spamExperiment("length") }, "success", /^### ✓ ModelSync/],
  ["names a column that is not there", { "models/short.yml": spamExperiment("lenght") }, "failure", /no column lenght/],
])("runs the model that a change of the policy brings: one that %s", async (what, files, verdict, said) => {
  const brought = "  - { id: short, experiment: models/short.yml, metrics: { roc_auc: { tolerance: 0.1 } } }\nchecks:";
  const { conclusion, comment } = await verdictOn(`brings-${what.length}`, {
    ".github/modelsync.yml": policy.replace("checks:", brought),
    ...files,
  });
  expect([conclusion, comment]).toEqual([verdict, expect.stringMatching(said)]);
});

it.each([
  [
    "a Git LFS pointer",
    { "data/spam.csv": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n" },
    /LFS/,
  ],
  ["data that is gone", { "data/spam.csv": null }, /data\/spam\.csv/],
  ["a path out of the repository", { "models/spam.yml": "data: ../../etc/passwd\ntarget: spam\n" }, /\.\./],
  ["an experiment that is gone", { "models/spam.yml": null }, /models\/spam\.yml/],
  [
    "a target that is gone",
    { "models/spam.yml": spamExperiment("links").replace("target: spam", "target: ham") },
    /ham/,
  ],
])("fails %s and says so", async (name, files, said) => {
  const { conclusion, comment } = await verdictOn(name.replaceAll(/\W+/g, "-"), files as Record<string, string | null>);
  expect(conclusion).toBe("failure");
  expect(comment).toMatch(said);
});
