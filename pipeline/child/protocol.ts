import type { Progress } from "../progress.ts";
import type { ModelReview, ReviewJob } from "../review/model-review.ts";

/** How a supervised review ended. Whatever the child does, the parent gets one of these. */
export type ChildOutcome =
  | { ended: "finished"; review: ModelReview }
  | { ended: "timed-out"; seconds: number }
  | { ended: "out-of-memory"; megabytes: number }
  | { ended: "crashed"; detail: string }
  /** The caller's abort signal fired. */
  | { ended: "stopped" };

/** How a child ended that has no result. */
export type Unfinished = Exclude<ChildOutcome, { ended: "finished" }>;

/** What a child may use, and how its caller stays in touch with it. */
export interface SuperviseOptions {
  seconds: number;
  megabytes: number;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

/** Runs one model's review in a supervised child process; never rejects. */
export type SuperviseReview = (job: ReviewJob, options: SuperviseOptions) => Promise<ChildOutcome>;
