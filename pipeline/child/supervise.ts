import { join } from "node:path";
import { modelReviewSchema, type ReviewJob } from "../review/model-review.ts";
import { everyFile } from "../revision-data.ts";
import type { SuperviseReview } from "./protocol.ts";
import { superviseChild } from "./supervise-child.ts";

/** Runs one model's review in a child process with limits. See `SuperviseReview`. */
export const superviseReview: SuperviseReview = supervisorOf(join(import.meta.dirname, "main.ts"));

/** A supervisor of children that run `entry`. Whatever the child does, the outcome says so and its folder is removed. */
export function supervisorOf(entry: string): SuperviseReview {
  return async (job, options) => {
    const writes = job.cache === null ? [] : [job.cache];
    const task = { entry, job, reads: filesOf(job), writes, answer: modelReviewSchema, what: "a review" };
    const outcome = await superviseChild(task, options);
    return outcome.ended === "finished" ? { ended: "finished", review: outcome.answer } : outcome;
  };
}

function filesOf({ base, head, reference, anchors = [] }: ReviewJob): string[] {
  const earlier = anchors.map(({ revision }) => revision);
  return [base, head, ...(reference ? [reference] : []), ...earlier].flatMap((revision) =>
    revision.state === "ready" ? everyFile(revision.data).map(({ file }) => file) : [],
  );
}
