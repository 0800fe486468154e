import { openRunCache } from "../child/run-cache.ts";
import type { Progress } from "../progress.ts";
import { attributeSides } from "./attribute-sides.ts";
import { compareAnchors } from "./compare-anchors.ts";
import { compareByHead, compareSides } from "./compare-sides.ts";
import { diffSides } from "./diff-sides.ts";
import { diffYardsticks } from "./diff-yardsticks.ts";
import { findDrift } from "./find-drift.ts";
import { findIntegrity } from "./find-integrity.ts";
import { matchSides } from "./match-sides.ts";
import type { ModelReview, ReviewJob, Side } from "./model-review.ts";
import { readSides } from "./read-sides.ts";
import type { Revision } from "./revision.ts";
import { runByHead } from "./run-by-head.ts";
import { runSides, type SideRun } from "./run-sides.ts";
import { whatChanged } from "./what-changed.ts";

/**
 * The story of one model's review: read both tables, match their rows and columns, run both sides by a common yardstick (cached by content), compare
 * them row by row, tell what the data did from what the experiment did, compare the head with earlier revisions, and say how columns and distributions changed.
 * Never throws for what a pull request contains.
 */
export async function reviewModel(
  job: ReviewJob,
  onProgress: (progress: Progress) => void = () => {},
): Promise<ModelReview> {
  onProgress({ step: "reading the data", share: 0 });
  const sides = await readSides(job);
  const context = { cache: openRunCache(job.cache), experimentPath: job.experimentPath };
  const match = matchSides(sides);
  const told = (side: "base" | "head", step: string, share: number) =>
    onProgress({ step: `${step} the ${side}`, share: (side === "base" ? 0.15 : 0.45) + 0.3 * share });
  const runs = runSides(sides, match, { ...context, onProgress: told });
  const headView = runByHead(sides, match, runs, { ...context, onProgress: told });
  onProgress({ step: "comparing", share: 0.75 });
  const comparison = compareSides(job, sides, match, runs);
  const attribution = await attributeSides(job, sides, runs, comparison, {
    ...context,
    onProgress: () => onProgress({ step: "telling data from experiment", share: 0.85 }),
  });
  const anchors = await compareAnchors(job, sides, {
    ...context,
    onProgress: () => onProgress({ step: "comparing with earlier revisions", share: 0.9 }),
  });
  onProgress({ step: "looking for drift", share: 0.95 });
  return {
    model: job.model,
    experimentPath: job.experimentPath,
    base: toSide(job.base, runs.base),
    head: toSide(job.head, runs.head),
    changed: job.base.state === "ready" && job.head.state === "ready" ? whatChanged(job.base, job.head) : null,
    comparison: comparison && attribution ? { ...comparison, attribution } : comparison,
    yardstick: diffYardsticks(sides, runs),
    headView: compareByHead(job, sides, match, headView),
    schema: diffSides(sides, match),
    drift: findDrift(job, sides, match, runs),
    integrity: findIntegrity(sides, runs, match, {
      ...context,
      onProgress: () => onProgress({ step: "looking for leaks", share: 0.98 }),
    }),
    ...(anchors.length === 0 ? {} : { anchors }),
  };
}

function toSide(revision: Revision, ran: SideRun): Side {
  if (revision.state !== "ready" || ran === null) return revision as Exclude<Revision, { state: "ready" }>;
  const { commit } = revision;
  if (ran.run === null) return { state: "problems", commit, problems: ran.problems };
  const { experiment: _, holdout: __, model: ___, ...summary } = ran.run;
  return { state: "ran", commit, run: summary, cached: ran.cached };
}
