import { resolve } from "node:path";
import type { ChildOutcome, SuperviseReview } from "../../pipeline/child/protocol.ts";
import { superviseReview } from "../../pipeline/child/supervise.ts";
import type { Slice } from "../../pipeline/compare/comparison.ts";
import type { EstimatorOptions } from "../../pipeline/experiment/parse-experiment.ts";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import { estimators as everyEstimator } from "../../pipeline/models/registry.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { Progress } from "../../pipeline/progress.ts";
import type { ModelReview, ReviewJob, Side } from "../../pipeline/review/model-review.ts";
import type { Revision } from "../../pipeline/review/revision.ts";
import type { MovedBase } from "../facts/moved-base.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { asRevision } from "./as-revision.ts";
import { chooseSides, type Sides } from "./choose-sides.ts";
import { describeReference, findReference } from "./drift-reference.ts";
import { endedProblem, type LimitSettings } from "./ended-problem.ts";
import type { FailedReviews } from "./failed-reviews.ts";
import { dataFetcher } from "./fetch-data.ts";
import { experimentProblem } from "./file-problems.ts";
import { childLimits } from "./limits.ts";
import { describeAnchor, type FindAnchors, prepareAnchors } from "./prepare-anchors.ts";
import type { PreparedRevision } from "./prepare-revision.ts";
import { fromCache, jobDigest, type ReviewCache } from "./review-cache.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface ReviewModelsOptions {
  models: readonly ModelPolicy[];
  base: Snapshot;
  head: Snapshot;
  /** The base branch where it has gone on since `base`; absent or null: it has not. */
  movedBase?: MovedBase | null;
  /** Slices that acceptance criteria ask for, by model id. */
  slices?: Readonly<Record<string, Slice[]>>;
  /** Earlier revisions that heads are compared with as well; without it there are none. */
  findAnchors?: FindAnchors;
  /** Finished reviews; see `openReviewCache`. */
  reviews: ReviewCache;
  /** Reviews that did not finish and rest for a while; without it they are tried each time. */
  failures?: FailedReviews;
  /** A person asked to try again what failed. */
  retryFailures?: boolean;
  /** Folder of cached runs, or null. Never shared between repositories that must not see each other. */
  cache: string | null;
  limits?: { seconds: number; megabytes: number };
  /** What the answer to an exceeded limit tells the reader to set. Default: the server's settings. */
  limitSettings?: LimitSettings;
  /** How many children work at once. */
  concurrency?: number;
  onProgress?: (model: string, progress: Progress) => void;
  signal?: AbortSignal;
  /** For tests; a real child by default. */
  supervise?: SuperviseReview;
  estimators?: EstimatorOptions;
}

const serverSettings = { seconds: "MODELSYNC_REVIEW_SECONDS", megabytes: "MODELSYNC_REVIEW_MEGABYTES" };

/**
 * Reviews every model of a policy: what the change from `base` to `head` did to it. In the order of `models`.
 *
 * A revision that cannot be read and a child that does not finish become problems on the sides of that model. Rejects
 * when a snapshot cannot be read or the signal fires.
 */
export async function reviewModels(options: ReviewModelsOptions): Promise<ModelReview[]> {
  const results: ModelReview[] = new Array(options.models.length);
  const waiting = options.models.entries();
  const work = async () => {
    for (const [index, model] of waiting) results[index] = await reviewOne(model, index, options);
  };
  await Promise.all(Array.from({ length: options.concurrency ?? 2 }, work));
  return results;
}

async function reviewOne(model: ModelPolicy, index: number, options: ReviewModelsOptions): Promise<ModelReview> {
  const { signal, reviews } = options;
  signal?.throwIfAborted();
  const sides = await prepareSides(model, index, options);
  const [base, head] = sides.prepared;
  const reference = await findReference(model, sides.base);
  const { findAnchors = async () => [], estimators = everyEstimator } = options;
  const anchors = await prepareAnchors(model, sides.prepared, findAnchors, estimators);
  const job: ReviewJob = {
    model: model.id,
    experimentPath: model.experiment,
    base: asRevision(base),
    head: asRevision(head),
    metrics: Object.fromEntries(Object.entries(model.metrics).map(([id, { tolerance }]) => [id, { tolerance }])),
    sliceColumns: model.slices,
    slices: options.slices?.[model.id] ?? [],
    drift: model.drift,
    ...(reference === null ? {} : { reference: describeReference(reference) }),
    ...(anchors.length === 0 ? {} : { anchors: anchors.map(describeAnchor) }),
    level: model.level,
    cache: options.cache,
  };
  if (base.state !== "ready" && head.state !== "ready") return unreviewed(job, model, []);

  const digest = jobDigest(job);
  const { review: known, earlier } = await reviews.get(digest);
  const withEarlier = (review: ModelReview): ModelReview =>
    earlier === null ? review : { ...review, earlier: { ...earlier, review: fromCache(earlier.review, job) } };
  if (known !== null) return withEarlier(fromCache(known, job));

  const limits = options.limits ?? childLimits;
  const settings = options.limitSettings ?? serverSettings;
  const rest = options.retryFailures ? null : await options.failures?.get(digest, limits);
  if (rest) return unreviewed(job, model, [endedProblem(rest.failure, model.experiment, settings, rest.until)]);

  await using folder = await temporaryFolder("modelsync-data-");
  if (job.cache !== null) job.cache = await usableFolder(job.cache);
  const fetchData = dataFetcher(folder.path);
  const fetched = async (side: PreparedRevision, snapshot: Snapshot): Promise<Revision> =>
    side.state === "ready" ? { ...side, data: await fetchData(snapshot, side.data) } : asRevision(side);
  job.base = await fetched(base, sides.base);
  job.head = await fetched(head, sides.head);
  if (reference?.state === "found") {
    job.reference = { state: "ready", data: await fetchData(sides.base, reference.data) };
  }
  for (const [at, { revision, snapshot }] of anchors.entries()) {
    if (snapshot !== null) job.anchors![at]!.revision = await fetched(revision, snapshot);
  }
  const outcome = await supervise(job, options);
  if (outcome.ended === "stopped") {
    signal?.throwIfAborted();
    throw new Error("The review was stopped.");
  }
  if (outcome.ended !== "finished") {
    const until = await options.failures?.set(digest, limits, outcome);
    return unreviewed(job, model, [endedProblem(outcome, model.experiment, settings, until)]);
  }
  await reviews.set(digest, outcome.review);
  return withEarlier(outcome.review);
}

/** A cache that cannot be made costs time, nothing else. */
async function usableFolder(folder: string): Promise<string | null> {
  return makeFolder(resolve(folder)).then(
    () => folder,
    () => null,
  );
}

function supervise(job: ReviewJob, options: ReviewModelsOptions): Promise<ChildOutcome> {
  const { onProgress, signal } = options;
  return (options.supervise ?? superviseReview)(job, {
    ...(options.limits ?? childLimits),
    ...(onProgress === undefined ? {} : { onProgress: (progress: Progress) => onProgress(job.model, progress) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Both sides. A file that neither side has is a mistake in the policy, not a model that came or went. */
async function prepareSides(model: ModelPolicy, index: number, options: ReviewModelsOptions): Promise<Sides> {
  const { base, head, movedBase = null, estimators = everyEstimator } = options;
  const sides = await chooseSides(model, { base, head, movedBase }, estimators);
  const problems = [experimentProblem.missing(model.experiment, index)];
  const isNowhere = sides.prepared.every(({ state }) => state === "absent");
  const missing = ({ commit }: PreparedRevision): PreparedRevision => ({ state: "problems", commit, problems });
  return isNowhere ? { ...sides, prepared: [missing(sides.prepared[0]), missing(sides.prepared[1])] } : sides;
}

/** A review in which nothing ran: the sides keep their own problems, and those that were ready get `problems`. */
function unreviewed(job: ReviewJob, model: ModelPolicy, problems: Problem[]): ModelReview {
  const side = (revision: Revision): Side =>
    revision.state === "ready" ? { state: "problems", commit: revision.commit, problems } : revision;

  return {
    model: model.id,
    experimentPath: model.experiment,
    base: side(job.base),
    head: side(job.head),
    changed: null,
    comparison: null,
    schema: null,
    drift: null,
  };
}
