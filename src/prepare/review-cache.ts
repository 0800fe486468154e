import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { readEntry, writeEntry } from "../../pipeline/child/cache-entry.ts";
import { engineVersion } from "../../pipeline/engine-version.ts";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import {
  type EngineReview,
  engineReviewSchema,
  type ModelReview,
  type ReviewJob,
  type Side,
} from "../../pipeline/review/model-review.ts";
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
  const find = (digest: string) => {
    const answers = memory.get(digest) ?? (folder === null ? [] : readAnswers(file(digest)));
    return {
      review: answers.find((answer) => answer.engine === engine)?.review ?? null,
      earlier: answers.find((answer) => answer.engine !== engine) ?? null,
      answers,
    };
  };
  return {
    get: async (digest) => {
      const { answers, ...found } = find(digest);
      if (answers.length > 0) remember(digest, answers);
      return found;
    },
    set: async (digest, review) => {
      const { earlier } = find(digest);
      const answers = [{ engine, review }, ...(earlier === null ? [] : [earlier])];
      remember(digest, answers);
      if (folder === null) return;
      await makeFolder(resolve(dirname(file(digest)))).then(
        () => writeEntry(file(digest), answers),
        () => {},
      );
    },
  };
}

/** Names the inputs of a job: everything in it but where files lie and what the commits are called. */
export function jobDigest(job: Omit<ReviewJob, "cache">): string {
  const { model, experimentPath, base, head, reference, anchors, metrics, sliceColumns, slices, drift, level } = job;
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
    ...(anchors ?? []).map((anchor) => [anchor.metrics, content(anchor.revision)]),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A cached review told about other commits with the same content. */
export function fromCache(review: ModelReview, { base, head, anchors = [] }: ReviewJob): ModelReview {
  const at = (side: Side, { commit }: ReviewJob["base"]): Side =>
    side.state === "ran" ? { ...side, commit, cached: true } : { ...side, commit };
  const told = { ...review, base: at(review.base, base), head: at(review.head, head) };
  if (review.anchors === undefined) return told;
  const named = review.anchors.map((one, index) => {
    const { revision, ...name } = anchors[index]!;
    return { ...one, ...name, commit: revision.commit };
  });
  return { ...told, anchors: named };
}

/** The answers of an entry, newest first. One that today's schema can't read is none. */
function readAnswers(file: string): EngineReview[] {
  const written = readEntry(file);
  const read = (Array.isArray(written) ? written : []).map((answer) => engineReviewSchema.safeParse(answer));
  return read.flatMap(({ data }) => (data === undefined ? [] : [data]));
}
