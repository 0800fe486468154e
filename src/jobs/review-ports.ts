import type { Logger } from "pino";
import type { Slice } from "../../pipeline/compare/comparison.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { SeenFinding } from "../commands/conversation.ts";
import type { Facts } from "../facts/facts.ts";
import type { MovedBase } from "../facts/moved-base.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import type { AppClient } from "../github/app-client.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import type { Report } from "../report/report.ts";
import type { Database } from "../store/database.ts";
import type { Queue } from "../store/job-queue.ts";
import type { Check } from "../verdict/check.ts";
import type { Verdict } from "../verdict/verdict.ts";

/** Runs the experiments of every model on both revisions. */
export type ReviewModels = (request: {
  repositoryId: number;
  models: readonly ModelPolicy[];
  base: Snapshot;
  head: Snapshot;
  /** The base branch where it has gone on since `base`; null: it has not. */
  movedBase: MovedBase | null;
  /** By model id. */
  slices: Record<string, Slice[]>;
  /** A person asked to run again: also what failed a moment ago. */
  forced: boolean;
  signal: AbortSignal;
}) => Promise<ModelReview[]>;

/** Everything a review needs from outside. */
export interface ReviewPorts {
  database: Database;
  queue: Queue;
  github: AppClient;
  checks: ReadonlyMap<string, Check>;
  reviewModels: ReviewModels;
  render: (verdict: Verdict, facts: Facts) => Report;
  /** How long a review may take before its check run says that it is under way. */
  patienceMilliseconds: number;
  /** Signs what is to be read back from the App's own comments. */
  sealKey: Buffer;
  /** Folder for file contents by object id. */
  blobDirectory: string;
  log: Logger;
}

/**
 * A report, with what can be waived. `silent`: nobody asked for it, so that it only takes back what is published. `unready`: GitHub
 * did not say in time what would be merged. Verdict and merge base are null when nothing could be judged.
 */
export type Publishable = Report & {
  silent: boolean;
  unready: boolean;
  verdict: Verdict | null;
  mergeBase: string | null;
  findings: readonly SeenFinding[];
};
