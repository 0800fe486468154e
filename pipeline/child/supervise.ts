import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { modelReviewSchema, type ReviewJob } from "../review/model-review.ts";
import { everyFile } from "../revision-data.ts";
import type { ChildOutcome, SuperviseReview } from "./protocol.ts";
import { readResult } from "./read-result.ts";
import { superviseChild } from "./supervise-child.ts";

/** Runs one model's review in a child process with limits. See `SuperviseReview`. */
export const superviseReview: SuperviseReview = supervisorOf(fileURLToPath(new URL("./main.ts", import.meta.url)));

/** A supervisor of children that run `entry`. Whatever the child does, the outcome says so and its folder is removed. */
export function supervisorOf(entry: string): SuperviseReview {
  return (job, options) =>
    superviseChild<ChildOutcome>(
      {
        entry,
        job,
        reads: filesOf(job),
        writes: job.cache === null ? [] : [job.cache],
        collect: async (folder, stderr) => {
          const read = await readResult(join(folder, "result.json"), stderr, modelReviewSchema, "a review");
          return read.ended === "finished" ? { ended: "finished", review: read.result } : read;
        },
      },
      options,
    );
}

function filesOf({ base, head, reference }: ReviewJob): string[] {
  return [base, head, ...(reference ? [reference] : [])].flatMap((revision) =>
    revision.state === "ready" ? everyFile(revision.data).map(({ file }) => file) : [],
  );
}
