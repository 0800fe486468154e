import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReviewJob } from "../../pipeline/review/model-review.ts";
import { type LocalRepository, openRepository } from "../../src/git/repository.ts";
import { findReference } from "../../src/prepare/drift-reference.ts";
import { jobDigest, openReviewCache } from "../../src/prepare/review-cache.ts";
import { reviewModels } from "../../src/prepare/review-models.ts";
import { aModelPolicy } from "../support/facts.ts";
import { GitRepository } from "../support/git-repository.ts";

let git: GitRepository;
let repository: LocalRepository;
let base: string;
let head: string;
beforeAll(async () => {
  git = new GitRepository();
  const experiment = "data: data.csv\ntarget: y\nmodel: { type: logistic-regression }\n";
  base = git.commit({ "income.yml": experiment, "data.csv": "x,y\n1,a\n", "old.csv": "x,y\n0,a\n" });
  head = git.commit({ "data.csv": "x,y\n2,a\n", "old.csv": "x,y\n2,a\n" });
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  repository = opened.value;
});
afterAll(() => git[Symbol.dispose]());

const policy = (reference?: string) => {
  const { drift } = aModelPolicy();
  const pinned = reference === undefined ? {} : { reference };
  return aModelPolicy({ experiment: "income.yml", drift: { ...drift, ...pinned } });
};

async function jobOf(reference?: string): Promise<{ job: ReviewJob; content: string | null }> {
  const seen: { job: ReviewJob; content: string | null }[] = [];
  await reviewModels({
    models: [policy(reference)],
    base: repository.snapshot(base),
    head: repository.snapshot(head),
    reviews: openReviewCache(null),
    cache: null,
    supervise: async (job) => {
      const file = job.reference?.state === "ready" ? job.reference.data.files[0]!.file : null;
      seen.push({ job, content: file && readFileSync(file, "utf8") });
      return { ended: "crashed", detail: "" };
    },
  });
  return seen[0]!;
}

it("is read at the base, whatever the head made of the file", async () => {
  expect((await jobOf("old.csv")).content).toBe("x,y\n0,a\n");
});

it("is none unless the policy pins one", async () => {
  expect(await findReference(policy(), repository.snapshot(base))).toBe(null);
  expect((await jobOf()).job.reference).toBe(undefined);
});

it("that does not exist is a problem of the policy", async () => {
  const { job } = await jobOf("gone.csv");
  expect(job.reference).toEqual({
    state: "problems",
    path: "gone.csv",
    problems: [expect.objectContaining({ code: "data-missing", written: "gone.csv" })],
  });
});

it("makes another review of the same sides", async () => {
  const jobs = [await jobOf(), await jobOf("old.csv"), await jobOf("data.csv"), await jobOf("gone.csv")];
  expect(new Set(jobs.map(({ job }) => jobDigest(job))).size).toBe(4);
});
