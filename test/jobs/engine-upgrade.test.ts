import { readdirSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { openReviewCache } from "../../src/prepare/review-cache.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";

const policy = `version: 1
models:
  - id: income
    experiment: income.yml
    metrics: { roc_auc: { tolerance: 0.01 } }
checks:
  linked-issue: { level: off }
`;
const sentence =
  "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be `pass`; metric regression would say pass and says fail.";

let local: LocalApp;
let directory = "";
const reviewer = () => modelReviewer(directory, { seconds: 120, megabytes: 1024 });
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-runs-"));
  local = await startLocalApp({ policy, reviewModels: reviewer() });
  await local.commit("main", { "income.yml": incomeExperiment(), "data/income.csv": incomeCsv() });
  await local.settle();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

/** Leaves the caches as an earlier engine would have, which saw a gain in every model and no loss beyond doubt. */
async function leaveByEarlierEngine(): Promise<void> {
  for (const repository of readdirSync(directory)) {
    const folder = join(directory, repository);
    for (const name of readdirSync(join(folder, "reviews"))) {
      const digest = basename(name, ".json");
      const { review } = await openReviewCache(folder).get(digest);
      rmSync(join(folder, "reviews", name));
      await openReviewCache(folder, "earlier").set(digest, unsure(review!));
    }
  }
  await local.restart({ reviewModels: reviewer() });
}

function unsure(review: ModelReview): ModelReview {
  const metrics = review.comparison!.metrics.map((one) =>
    one.gated ? { ...one, difference: 0.5, verdict: "no-detectable-change" as const } : one,
  );
  return { ...review, comparison: { ...review.comparison!, metrics } };
}

/** What is published after somebody asked for another review. */
async function reviewAgain(sha: string, number: number) {
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha });
  await local.github.rerequestRun(data.check_runs[0]!.id, "ada");
  await local.settle();
  return published(sha, number);
}

async function published(sha: string, number: number) {
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha });
  const [comment] = await local.comments(number);
  const { conclusion, output } = data.check_runs[0]!;
  return { conclusion, comment: comment?.body ?? "", summary: output.summary ?? "" };
}

it("a review after an upgrade shows the new numbers and says what only the engine changed, each time", async () => {
  const sha = await local.commit("worse", { "income.yml": incomeExperiment("exclude: [hours]") });
  const number = await local.open("worse");
  await local.settle();
  const first = await published(sha, number);
  expect([first.conclusion, first.comment.includes("Only ModelSync's engine changed")]).toEqual(["failure", false]);

  await leaveByEarlierEngine();
  const after = await reviewAgain(sha, number);
  // Runs are of this engine and come from the cache; the review is made anew.
  const expected = (text: string) => text.replace(/(hold-out rows\.)\n/, `$1 Base result from cache.\n\n${sentence}\n`);
  expect(after).toEqual({ ...first, comment: expected(first.comment), summary: expected(first.summary) });
  expect(await reviewAgain(sha, number)).toEqual(after);
}, 120_000);

it("nothing is said when the earlier engine led to the same verdict", async () => {
  const sha = await local.commit("other", { "income.yml": incomeExperiment("exclude: [age]") });
  const number = await local.open("other");
  await local.settle();
  const first = await published(sha, number);
  await leaveByEarlierEngine();
  const cached = (text: string) => text.replace(/(hold-out rows\.)\n/, "$1 Base result from cache.\n");
  const after = await reviewAgain(sha, number);
  expect(after).toEqual({ ...first, comment: cached(first.comment), summary: cached(first.summary) });
  expect(after.comment).not.toContain("Only ModelSync's engine changed");
}, 120_000);
