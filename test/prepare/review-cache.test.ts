import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Anchor } from "../../pipeline/review/anchor.ts";
import { fromCache, jobDigest, openReviewCache } from "../../src/prepare/review-cache.ts";
import { aModelReview, aProblem } from "../support/facts.ts";
import { aReviewJob } from "../support/review-jobs.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const digest = "d".repeat(64);
const reviewBy = (engine: string) => aModelReview({ model: `as ${engine} saw it` });

/** What a new process of `engine` finds; it makes the review anew when it finds none of its own. */
async function askedBy(engine: string): Promise<[own: string | null, earlier: string | null]> {
  const reviews = openReviewCache(folder, engine);
  const { review, earlier } = await reviews.get(digest);
  if (review === null) await reviews.set(digest, reviewBy(engine));
  expect(await reviews.get(digest)).toEqual({ review: reviewBy(engine), earlier });
  if (earlier !== null) expect(earlier.review).toEqual(reviewBy(earlier.engine));
  return [review?.model ?? null, earlier?.engine ?? null];
}

type Step = [engine: string, own: string | null, earlier: string | null];
it.each<[what: string, steps: Step[]]>([
  [
    "the first engine",
    [
      ["e1", null, null],
      ["e1", "as e1 saw it", null],
    ],
  ],
  [
    "an upgrade",
    [
      ["e1", null, null],
      ["e2", null, "e1"],
      ["e2", "as e2 saw it", "e1"],
    ],
  ],
  [
    "two upgrades",
    [
      ["e1", null, null],
      ["e2", null, "e1"],
      ["e3", null, "e2"],
      ["e3", "as e3 saw it", "e2"],
    ],
  ],
  [
    "two that share a folder",
    [
      ["e1", null, null],
      ["e2", null, "e1"],
      ["e1", "as e1 saw it", "e2"],
      ["e2", "as e2 saw it", "e1"],
    ],
  ],
])("%s", async (_, steps) => {
  for (const [engine, own, earlier] of steps) expect(await askedBy(engine)).toEqual([own, earlier]);
});

it("without a folder, keeps reviews for this process", async () => {
  const reviews = openReviewCache(null, "e1");
  expect(await reviews.get(digest)).toEqual({ review: null, earlier: null });
  await reviews.set(digest, reviewBy("e1"));
  expect(await reviews.get(digest)).toEqual({ review: reviewBy("e1"), earlier: null });
});

it.each<[what: string, change: (text: string) => string]>([
  ["can't be read by today's schema", (text) => text.replace('"rule":"', '"rules":"')],
  ["names no engine", (text) => text.replace('"engine":"e1","review"', '"review"')],
  ["is no list", (text) => text.slice(1, -1)],
  ["is a review as it was once written", (text) => JSON.stringify(JSON.parse(text)[0].review)],
])("an entry that %s counts as none and is written again", async (_, change) => {
  await askedBy("e1");
  const file = join(folder, "reviews", readdirSync(join(folder, "reviews"))[0]!);
  const content = change(readFileSync(file, "utf8").slice(65));
  writeFileSync(file, `${createHash("sha256").update(content).digest("hex")}\n${content}`);
  expect(await askedBy("e2")).toEqual([null, null]);
  expect(await askedBy("e2")).toEqual(["as e2 saw it", null]);
});

it("what an anchor is called changes no answer, and is told as it is called now", () => {
  const named = (ref: string) => ({ ref, changes: null, metrics: ["roc_auc"] });
  const at = (commit: string, ref: string, problems = [aProblem()]): Anchor => ({
    ...named(ref),
    revision: { state: "problems", commit, problems },
  });
  const side = { state: "absent" as const, commit: "b" };
  const job = (...anchors: Anchor[]) => aReviewJob(side, side, { anchors });
  const [old, now] = [job(at("1", "v1")), job(at("2", "v2"))];
  const review = aModelReview({
    anchors: [{ ...named("v1"), state: "problems", commit: "1", problems: [aProblem()] }],
  });
  expect(jobDigest(now)).toBe(jobDigest(old));
  expect(jobDigest(job(at("2", "v2", [])))).not.toBe(jobDigest(old));
  expect(fromCache(review, now).anchors).toEqual([{ ...review.anchors![0]!, ref: "v2", commit: "2" }]);
});
