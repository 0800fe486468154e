import type { Problem } from "../../pipeline/problem.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { Policy } from "../policy/policy.ts";

/** A fact that may be out of reach. `needs-github`: this door has no GitHub. `failed`: it should have been there. */
export type Known<T> = { known: true; value: T } | { known: false; why: "needs-github" | "failed"; detail: string };

/** Everything known about one change under review. Plain data that survives `JSON.stringify`; a check sees nothing else. */
export interface Facts {
  door: "github" | "git";
  repository: {
    id: number | null;
    owner: string;
    name: string;
    private: boolean;
    defaultBranch: string;
    url: string | null;
  };
  pullRequest: PullRequest;
  /** Issues that merging this pull request would close, or that its text links with a closing keyword. */
  linkedIssues: Known<LinkedIssue[]>;
  changedFiles: Known<ChangedFile[]>;
  policy: Policy;
  /** What this change does to the policy file itself. The policy above is always the base's. */
  policyChange: PolicyChange;
  models: ModelReview[];
  /**
   * How many pull requests the hold-out of a model has judged, this one included, by model id. A model without an entry
   * was not judged on one; absent where nobody counts, as on the command line.
   */
  holdoutUses?: Record<string, number>;
  /** ISO time of the evaluation. */
  now: string;
}

export interface PullRequest {
  /** Null for a local branch. */
  number: number | null;
  title: string;
  body: string;
  url: string | null;
  draft: boolean;
  /** Null: a deleted account. */
  author: { login: string; bot: boolean; id: number | null } | null;
  labels: Known<string[]>;
  base: { ref: string /** tip of the base branch: where the policy comes from */; sha: string };
  /** `repository` is `owner/name`; null when the fork was deleted. */
  head: { ref: string; sha: string; repository: string | null };
  /** What the head is compared with: where the branch left its base. */
  mergeBase: string;
  fork: boolean;
}

export interface LinkedIssue {
  owner: string;
  repo: string;
  number: number;
  /** Null: it is named in the text, but it does not exist or can't be read. */
  issue: { title: string; body: string; state: "open" | "closed"; labels: string[]; url: string } | null;
  /** How the link was found. */
  source: "github" | "keyword";
}

export interface ChangedFile {
  path: string;
  status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  additions: number;
  deletions: number;
}

export type PolicyChange =
  | { state: "unchanged" }
  | { state: "changed" /** sentences about what the head's policy would change */; preview: string[] }
  | { state: "invalid"; problems: Problem[] }
  | { state: "removed" };
