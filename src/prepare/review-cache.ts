import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { engineReviewSchema } from "../../pipeline/child/review-schema.ts";
import { engineVersion } from "../../pipeline/engine-version.ts";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import type { EngineReview, ModelReview, ReviewJob, Side } from "../../pipeline/review/model-review.ts";
import { everyFile } from "../../pipeline/revision-data.ts";

/** Finished reviews by the digest of their inputs. A damaged entry is as good as none. */
export interface ReviewCache {
  /** The review that this engine made of these inputs, and what another one answered to them; null: none. */
  get(digest: string): Promise<{ review: ModelReview | null; earlier: EngineReview | null }>;
  set(digest: string, review: ModelReview): Promise<void>;
}

const mostInMemory = 100;

/**
 * Keeps reviews in memory, and in `folder` when there is one. Only what `engine` itself made is its answer. An entry keeps
 * the answers of the two engines that wrote last: after an upgrade the earlier one stays at hand for as long as the
 * inputs stay, and two versions that share a folder each find their own.
 */
export function openReviewCache(folder: string | null, engine: string = engineVersion): ReviewCache {
  const memory = new Map<string, EngineReview[]>();
  const remember = (digest: string, answers: EngineReview[]) => {
    memory.delete(digest);
    memory.set(digest, answers);
    if (memory.size > mostInMemory) memory.delete(memory.keys().next().value as string);
  };
  const file = (digest: string) => join(folder as string, "reviews", `${digest}.json`);
  const find = async (digest: string) => {
    const answers = memory.get(digest) ?? (folder === null ? [] : await readEntry(file(digest)));
    return {
      review: answers.find((answer) => answer.engine === engine)?.review ?? null,
      earlier: answers.find((answer) => answer.engine !== engine) ?? null,
      answers,
    };
  };
  return {
    get: async (digest) => {
      const { answers, ...found } = await find(digest);
      if (answers.length > 0) remember(digest, answers);
      return found;
    },
    set: async (digest, review) => {
      const { earlier } = await find(digest);
      const answers = [{ engine, review }, ...(earlier === null ? [] : [earlier])];
      remember(digest, answers);
      if (folder !== null) await writeEntry(file(digest), answers);
    },
  };
}

/** Names the inputs of a job: everything in it but where files lie and what the commits are called. */
export function jobDigest(job: Omit<ReviewJob, "cache">): string {
  const { model, experimentPath, base, head, reference, metrics, sliceColumns, slices, drift, level } = job;
  const content = (side: ReviewJob["base"]) => {
    const { commit: _, ...rest } = side;
    if (rest.state !== "ready") return rest;
    return { ...rest, data: everyFile(rest.data).map((one) => ({ ...one, file: "" })) };
  };
  const parts = [
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

/** An entry is its own digest, a line end, and the answers, newest first. One that today's schema can't read is none. */
async function readEntry(file: string): Promise<EngineReview[]> {
  try {
    const written = await readFile(file, "utf8");
    const content = written.slice(65);
    if (written.slice(0, 64) !== sha256(content)) return [];
    const read = (JSON.parse(content) as unknown[]).map((answer) => engineReviewSchema.safeParse(answer));
    return read.flatMap(({ data }) => (data === undefined ? [] : [data as EngineReview]));
  } catch {
    return [];
  }
}

/** Writes beside the entry and renames: a reader sees a whole entry or none. A full disk costs the entry only. */
async function writeEntry(file: string, answers: EngineReview[]): Promise<void> {
  const content = JSON.stringify(answers);
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
