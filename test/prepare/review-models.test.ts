import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChildOutcome, SuperviseReview } from "../../pipeline/child/protocol.ts";
import type { ModelReview, ReviewJob } from "../../pipeline/review/model-review.ts";
import { type LocalRepository, openRepository } from "../../src/git/repository.ts";
import type { ModelPolicy } from "../../src/policy/policy.ts";
import { openFailedReviews } from "../../src/prepare/failed-reviews.ts";
import { openReviewCache } from "../../src/prepare/review-cache.ts";
import { type ReviewModelsOptions, reviewModels } from "../../src/prepare/review-models.ts";
import { GitRepository } from "../support/git-repository.ts";

let git: GitRepository;
let repository: LocalRepository;
let folder: string;
const commits: Record<string, string> = {};

beforeAll(async () => {
  git = new GitRepository();
  folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  process.env.TMPDIR = folder;
  const experiment = "data: data.csv\ntarget: y\nmodel: { type: logistic-regression }\n";
  commits.empty = git.commit({ "readme.txt": "nothing yet" });
  commits.first = git.commit({ "income.yml": experiment, "data.csv": "x,y\n1,a\n2,b\n" });
  commits.text = git.commit({ "readme.txt": "changed", "income.yml": `# a comment\n${experiment}` });
  commits.data = git.commit({ "data.csv": "x,y\n1,a\n2,b\n3,a\n" });
  commits.broken = git.commit({ "income.yml": "data: data.csv\n" });
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  repository = opened.value;
});
afterAll(() => {
  delete process.env.TMPDIR;
  git[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const income: ModelPolicy = {
  id: "income",
  experiment: "income.yml",
  metrics: { roc_auc: { tolerance: 0.005, min: 0.5, max: null } },
  slices: ["sex"],
  drift: { exclude: ["id"], share: 0.5, level: 0.05, minimumRows: 50, thresholds: { numeric: 0.1, categorical: 0.1 } },
  level: 0.95,
};

/** A child that records its jobs and the data it was given, and answers with `outcome`. */
function aChild(outcome?: ChildOutcome) {
  const jobs: ReviewJob[] = [];
  const data: string[][] = [];
  const supervise: SuperviseReview = async (job) => {
    jobs.push(structuredClone(job));
    data.push(
      [job.base, job.head].map((side) =>
        side.state === "ready" ? readFileSync(side.data.files[0]!.file, "utf8") : side.state,
      ),
    );
    return outcome ?? { ended: "finished", review: aReview(job) };
  };
  return { supervise, jobs, data };
}

const aReview = (job: ReviewJob): ModelReview => ({
  model: job.model,
  experimentPath: job.experimentPath,
  base: { state: "absent", commit: job.base.commit },
  head: { state: "absent", commit: job.head.commit },
  changed: { data: true, experiment: false },
  comparison: null,
  schema: null,
  drift: null,
});

const review = (base: string, head: string, options: Partial<ReviewModelsOptions>) =>
  reviewModels({
    models: [income],
    base: repository.snapshot(commits[base]!),
    head: repository.snapshot(commits[head]!),
    reviews: openReviewCache(null),
    cache: null,
    ...options,
  });

it("hands a child the whole job, with both files in a folder that is gone afterwards", async () => {
  const child = aChild();
  const slices = { income: [{ column: "sex", value: "Female" }] };
  const [answer] = await review("first", "data", { supervise: child.supervise, slices });
  const { base, head, ...rest } = child.jobs[0]!;
  expect(rest).toEqual({
    model: "income",
    experimentPath: "income.yml",
    metrics: { roc_auc: { tolerance: 0.005 } },
    sliceColumns: ["sex"],
    slices: [{ column: "sex", value: "Female" }],
    drift: income.drift,
    level: 0.95,
    cache: null,
  });
  expect([base, head]).toMatchObject([
    { state: "ready", commit: commits.first, data: { files: [{ path: "data.csv", size: 12 }], labels: null } },
    { state: "ready", commit: commits.data, data: { files: [{ path: "data.csv", size: 16 }], labels: null } },
  ]);
  expect(child.data).toEqual([["x,y\n1,a\n2,b\n", "x,y\n1,a\n2,b\n3,a\n"]]);
  expect(base.state === "ready" && existsSync(base.data.files[0]!.file)).toBe(false);
  expect(answer).toEqual(aReview(child.jobs[0]!));
});

describe("sides that cannot run", () => {
  const missing = {
    code: "experiment-missing",
    where: { path: ".github/modelsync.yml", key: "models[0].experiment" },
    message: "The experiment file exists neither at the base nor at the head.",
    written: "income.yml",
    allowed: "a path to an experiment file in the repository",
    remedy: "Add income.yml, or correct the model's experiment path in the policy.",
  };
  it.each([
    ["a new model runs at the head", "empty", "data", ["absent", "x,y\n1,a\n2,b\n3,a\n"]],
    ["a removed model runs at the base", "data", "empty", ["x,y\n1,a\n2,b\n3,a\n", "absent"]],
    ["a broken head runs at the base", "data", "broken", ["x,y\n1,a\n2,b\n3,a\n", "problems"]],
  ])("%s", async (_, base, head, data) => {
    const child = aChild();
    await review(base, head, { supervise: child.supervise });
    expect(child.data).toEqual([data]);
  });

  it("an experiment that neither side has is a mistake in the policy, on both sides", async () => {
    const child = aChild();
    expect(await review("empty", "empty", { supervise: child.supervise })).toEqual([
      {
        model: "income",
        experimentPath: "income.yml",
        base: { state: "problems", commit: commits.empty, problems: [missing] },
        head: { state: "problems", commit: commits.empty, problems: [missing] },
        changed: null,
        comparison: null,
        schema: null,
        drift: null,
      },
    ]);
    expect(child.jobs).toEqual([]);
  });
});

describe("a child that does not finish becomes a problem on each side that was in order", () => {
  const where = { path: "income.yml" };
  it.each<[ChildOutcome, object]>([
    [
      { ended: "timed-out", seconds: 300 },
      {
        code: "review-timed-out",
        where,
        message: "The experiment did not finish within 300 seconds.",
        allowed: "at most 300 seconds for both sides of one model",
        remedy:
          "Use a smaller sample of the data or a simpler model, or raise the limit with MODELSYNC_REVIEW_SECONDS.",
      },
    ],
    [
      { ended: "out-of-memory", megabytes: 700 },
      {
        code: "review-out-of-memory",
        where,
        message: "The experiment needed more than 700 MiB of memory.",
        allowed: "at most 700 MiB",
        remedy: "Use fewer rows, columns or categories, or raise the limit with MODELSYNC_REVIEW_MEGABYTES.",
      },
    ],
    [
      {
        ended: "crashed",
        detail: "The child process ended with signal SIGSEGV.\nTypeError: x is no function\n    at here",
      },
      {
        code: "review-crashed",
        where,
        message: "The process that runs experiments ended unexpectedly. This is not a judgment of the change.",
        written: "The child process ended with signal SIGSEGV. TypeError: x is no function",
        remedy: "Review again. If it ends this way again, report it together with the experiment and the data.",
      },
    ],
  ])("%o", async (outcome, problem) => {
    const reviews = openReviewCache(null);
    const child = aChild(outcome);
    const [answer] = await review("first", "data", { supervise: child.supervise, reviews });
    expect([answer?.base, answer?.head, answer?.comparison]).toEqual([
      { state: "problems", commit: commits.first, problems: [problem] },
      { state: "problems", commit: commits.data, problems: [problem] },
      null,
    ]);
    await review("first", "data", { supervise: child.supervise, reviews });
    expect(child.jobs.length).toBe(2);
  });

  it("names what a person at a terminal can set", async () => {
    const { supervise } = aChild({ ended: "timed-out", seconds: 1 });
    const limitSettings = { seconds: "--timeout", megabytes: "--memory" };
    const [answer] = await review("first", "data", { supervise, limitSettings });
    expect(answer?.head.state === "problems" && answer.head.problems).toMatchObject([
      {
        message: "The experiment did not finish within 1 second.",
        allowed: "at most 1 second for both sides of one model",
        remedy: "Use a smaller sample of the data or a simpler model, or raise the limit with --timeout.",
      },
    ]);
  });

  it("stopping rejects", async () => {
    const { supervise } = aChild({ ended: "stopped" });
    await expect(review("first", "data", { supervise })).rejects.toThrow("The review was stopped.");
    await expect(review("first", "data", { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
  });
});

describe("work that failed", () => {
  const now = Date.UTC(2026, 0, 1, 12, 0);
  const limits = { seconds: 300, megabytes: 2048 };

  it("rests for an hour, also in a new process, and says so", async () => {
    const cache = mkdtempSync(join(folder, "cache-"));
    const child = aChild({ ended: "timed-out", seconds: 300 });
    let time = now;
    const again = (options: Partial<ReviewModelsOptions> = {}) => {
      const failures = openFailedReviews(cache, () => time);
      return review("first", "data", { supervise: child.supervise, failures, limits, ...options });
    };
    const first = await again();
    time += 3_599_000;
    expect(await again()).toEqual(first);
    expect(child.jobs).toHaveLength(1);
    expect(first[0]?.head.state === "problems" && first[0].head.problems[0]?.remedy).toBe(
      "Use a smaller sample of the data or a simpler model, or raise the limit with MODELSYNC_REVIEW_SECONDS. " +
        'The same work is not tried again before 2026-01-01 13:00 UTC, unless somebody presses "Re-run" on the check.',
    );
    await again({ retryFailures: true });
    expect(child.jobs).toHaveLength(2);
    await again({ limits: { ...limits, seconds: 600 } });
    expect(child.jobs).toHaveLength(3);
    time += 3_700_000;
    await again();
    expect(child.jobs).toHaveLength(4);
  });

  it("does not rest when another engine failed", async () => {
    const cache = mkdtempSync(join(folder, "cache-"));
    const child = aChild({ ended: "crashed", detail: "signal" });
    const by = (engine: string) =>
      review("first", "data", {
        supervise: child.supervise,
        failures: openFailedReviews(cache, () => now, engine),
        limits,
      });
    const begun: number[] = [];
    for (const engine of ["e1", "e1", "e2", "e2"]) {
      await by(engine);
      begun.push(child.jobs.length);
    }
    expect(begun).toEqual([1, 1, 2, 2]);
  });

  it.each(["", "{", "null", '{"at":1}'])("is tried when its memory is damaged: %s", async (content) => {
    const cache = mkdtempSync(join(folder, "cache-"));
    const failures = openFailedReviews(cache, () => now);
    const child = aChild({ ended: "crashed", detail: "signal" });
    await review("first", "data", { supervise: child.supervise, failures, limits });
    const [entry] = readdirSync(join(cache, "failed"));
    writeFileSync(join(cache, "failed", entry!), content);
    await review("first", "data", { supervise: child.supervise, failures, limits });
    expect(child.jobs).toHaveLength(2);
  });
});

it("does without a cache that cannot be made, and does not hang", async () => {
  const child = aChild();
  await review("first", "data", { supervise: child.supervise, cache: "/proc/none/cache" });
  expect(child.jobs[0]?.cache).toBeNull();
});

describe("reviews that were made before", () => {
  const finished = (job: ReviewJob): ChildOutcome => ({ ended: "finished", review: aReview(job) });

  it("answer for other commits with the same content, also from a new process", async () => {
    const cache = mkdtempSync(join(folder, "cache-"));
    const child = aChild();
    await review("first", "data", { supervise: child.supervise, reviews: openReviewCache(cache) });
    const [again] = await review("text", "data", { supervise: child.supervise, reviews: openReviewCache(cache) });
    expect(child.jobs.length).toBe(1);
    expect([again?.base.commit, again?.head.commit]).toEqual([commits.text, commits.data]);
  });

  it.each<[string, Partial<ModelPolicy>]>([
    ["a tolerance", { metrics: { roc_auc: { tolerance: 0.1, min: null, max: null } } }],
    ["slices", { slices: [] }],
    ["the level", { level: 0.9 }],
    ["a drift threshold", { drift: { ...income.drift, share: 0.1 } }],
  ])("do not answer when %s changed", async (_, change) => {
    const reviews = openReviewCache(null);
    const child = aChild();
    await review("first", "data", { supervise: child.supervise, reviews });
    await review("first", "data", { supervise: child.supervise, reviews, models: [{ ...income, ...change }] });
    expect(child.jobs.length).toBe(2);
  });

  it.each([
    ["cut", (text: string) => text.slice(0, -2)],
    ["edited", (text: string) => text.replace('"income"', '"outcome"')],
    ["empty", () => ""],
    ["not a review, yet consistent", () => `${"0".repeat(64)}\n{}`],
  ])("are made again when the entry is %s", async (_, damage) => {
    const cache = mkdtempSync(join(folder, "cache-"));
    const child = aChild();
    await review("first", "data", { supervise: child.supervise, reviews: openReviewCache(cache) });
    const [entry] = readdirSync(join(cache, "reviews"));
    const file = join(cache, "reviews", entry!);
    const good = readFileSync(file, "utf8");
    writeFileSync(file, damage(good));
    await review("first", "data", { supervise: child.supervise, reviews: openReviewCache(cache) });
    expect([child.jobs.length, readFileSync(file, "utf8")]).toEqual([2, good]);
  });

  it("of another engine come along as what was answered earlier, told about the same commits", async () => {
    const cache = mkdtempSync(join(folder, "cache-"));
    const { supervise } = aChild();
    await review("first", "data", { supervise, reviews: openReviewCache(cache, "e1") });
    const [answer] = await review("text", "data", { supervise, reviews: openReviewCache(cache, "e2") });
    expect(answer).toEqual({
      ...aReview({ base: { commit: commits.text }, head: { commit: commits.data } } as ReviewJob),
      model: "income",
      experimentPath: "income.yml",
      earlier: {
        engine: "e1",
        review: expect.objectContaining({
          base: { state: "absent", commit: commits.text },
          head: { state: "absent", commit: commits.data },
        }),
      },
    });
  });

  it("a cache that cannot be written costs nothing but time", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const reviews = openReviewCache(file);
    const supervise: SuperviseReview = async (job) => finished(job);
    expect((await review("first", "data", { supervise, reviews })).length).toBe(1);
  });
});

it("several models keep their order and their progress apart", async () => {
  const models = ["a", "b", "c", "d"].map((id) => ({ ...income, id }));
  const seen: string[] = [];
  const supervise: SuperviseReview = async (job, { onProgress }) => {
    await new Promise((resolve) => setTimeout(resolve, job.model === "a" ? 20 : 1));
    onProgress?.({ step: "train", share: 1 });
    return { ended: "finished", review: aReview(job) };
  };
  const answers = await review("first", "data", { models, supervise, onProgress: (model) => seen.push(model) });
  expect([answers.map(({ model }) => model), seen.sort()]).toEqual([
    ["a", "b", "c", "d"],
    ["a", "b", "c", "d"],
  ]);
});
