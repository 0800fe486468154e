import type { PullRequestHint, PullRequestKey } from "../store/pull-requests.ts";
import type { Trigger } from "../verdict/check.ts";

/** What a webhook asks for. A handler only translates; whether it costs anything is decided when it is accepted. */
export type Effect =
  | {
      kind: "review";
      pullRequest: PullRequestHint;
      /** What changed: a review is only needed when an enabled check names one of them. */
      triggers: readonly Trigger[];
      /** Review even when no check names the trigger, because a commit or base branch without a check run blocks. */
      always: boolean;
    }
  | { kind: "close"; pullRequest: PullRequestKey }
  | { kind: "installation"; installationId: number; active: boolean; fanOut: FanOut | null }
  | {
      kind: "push";
      fanOut: FanOut & { kind: "base" } /** Null: more files than the payload tells. */;
      changed: string[] | null;
    }
  | { kind: "fan-out"; fanOut: FanOut };

/** Work that finds the pull requests to review. Plain data: it travels through the queue. */
export type FanOut =
  | { kind: "issue"; repository: string; number: number }
  | {
      kind: "rerun";
      installationId: number;
      repositoryId: number;
      owner: string;
      name: string;
      headSha: string;
      /** The base branch whose check run was asked for; null means all of that commit. */
      baseRef: string | null;
    }
  | { kind: "base"; installationId: number; repositoryId: number; owner: string; name: string; baseRef: string }
  | {
      kind: "repository";
      installationId: number;
      repositoryId: number;
      owner: string;
      name: string;
      /** Leave out pull requests whose present head has its verdict. */
      missingOnly: boolean;
    }
  | {
      kind: "installation";
      installationId: number;
      /** Null: ask GitHub. */
      repositories: { id: number; owner: string; name: string }[] | null;
    };
