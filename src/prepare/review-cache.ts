import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { modelReviewSchema } from "../../pipeline/child/review-schema.ts";
import { engineVersion } from "../../pipeline/engine-version.ts";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import type { ModelReview, ReviewJob, Side } from "../../pipeline/review/model-review.ts";
import { everyFile } from "../../pipeline/revision-data.ts";

/** Finished reviews by the digest of everything they depend on. A damaged entry is as good as none. */
export interface ReviewCache {
  get(digest: string): Promise<ModelReview | null>;
  set(digest: string, review: ModelReview): Promise<void>;
}

/** Keeps reviews in memory, at most `most` of them, and in `folder` when there is one. */
export function openReviewCache(folder: string | null, most = 100): ReviewCache {
  const memory = new Map<string, ModelReview>();
  const remember = (digest: string, review: ModelReview) => {
    memory.delete(digest);
    memory.set(digest, review);
    if (memory.size > most) memory.delete(memory.keys().next().value as string);
  };
  const file = (digest: string) => join(folder as string, "reviews", `${digest}.json`);
  return {
    get: async (digest) => {
      const review = memory.get(digest) ?? (folder === null ? null : await readEntry(file(digest)));
      if (review !== null) remember(digest, review);
      return review;
    },
    set: async (digest, review) => {
      remember(digest, review);
      if (folder !== null) await writeEntry(file(digest), review);
    },
  };
}

/** What a job's review depends on: everything in it but where files lie and what the commits are called. */
export function jobDigest(job: Omit<ReviewJob, "cache">): string {
  const { model, experimentPath, base, head, reference, metrics, sliceColumns, slices, drift, level } = job;
  const content = (side: ReviewJob["base"]) => {
    const { commit: _, ...rest } = side;
    if (rest.state !== "ready") return rest;
    return { ...rest, data: everyFile(rest.data).map((one) => ({ ...one, file: "" })) };
  };
  const parts = [
    engineVersion,
    model,
    experimentPath,
    content(base),
    content(head),
    reference?.state === "ready" ? everyFile(reference.data).map(({ path, blob }) => [path, blob]) : reference,
    metrics,
    sliceColumns,
    slices,
    drift,
    level,
  ];
  return sha256(JSON.stringify(parts));
}

/** A cached review told about other commits with the same content. */
export function fromCache(review: ModelReview, base: string, head: string): ModelReview {
  const at = (side: Side, commit: string): Side =>
    side.state === "ran" ? { ...side, commit, cached: true } : { ...side, commit };
  return { ...review, base: at(review.base, base), head: at(review.head, head) };
}

/** An entry is its own digest, a line end, and the review. */
async function readEntry(file: string): Promise<ModelReview | null> {
  try {
    const written = await readFile(file, "utf8");
    const content = written.slice(65);
    if (written.slice(0, 64) !== sha256(content)) return null;
    return modelReviewSchema.parse(JSON.parse(content)) as ModelReview;
  } catch {
    return null;
  }
}

/** Writes beside the entry and renames: a reader sees a whole entry or none. A full disk costs the entry only. */
async function writeEntry(file: string, review: ModelReview): Promise<void> {
  const content = JSON.stringify(review);
  const part = `${file}.${process.pid}.part`;
  try {
    await makeFolder(resolve(dirname(file)));
    await writeFile(part, `${sha256(content)}\n${content}`);
    await rename(part, file);
  } catch {
    await rm(part, { force: true }).catch(() => {});
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
