import { z } from "zod";
import type { Progress } from "../progress.ts";
import type { ModelReview, ReviewJob } from "../review/model-review.ts";

/** How a child failed. */
export const failureSchema = z.discriminatedUnion("ended", [
  z.object({ ended: z.literal("timed-out"), seconds: z.number() }),
  z.object({ ended: z.literal("out-of-memory"), megabytes: z.number() }),
  z.object({ ended: z.literal("crashed"), detail: z.string() }),
]);
export type Failure = z.infer<typeof failureSchema>;

/** How a child ended that has no result. `stopped`: the caller's abort signal fired. */
export type Unfinished = Failure | { ended: "stopped" };

/** How a supervised child ended. */
export type Supervised<T> = { ended: "finished"; answer: T } | Unfinished;

/** How a supervised review ended. Whatever the child does, the parent gets one of these. */
export type ChildOutcome = { ended: "finished"; review: ModelReview } | Unfinished;

/** What a child may use, and how its caller stays in touch with it. */
export interface SuperviseOptions {
  seconds: number;
  megabytes: number;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

/** Runs one model's review in a supervised child process; never rejects. */
export type SuperviseReview = (job: ReviewJob, options: SuperviseOptions) => Promise<ChildOutcome>;
