import { z } from "zod";
import type { PullRequestHint } from "../store/pull-requests.ts";
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
  | { kind: "close"; pullRequest: PullRequestHint }
  | {
      kind: "push";
      fanOut: FanOut & { kind: "base" } /** Null: more files than the payload tells. */;
      changed: string[] | null;
    }
  | { kind: "fan-out"; fanOut: FanOut };

const repository = { installationId: z.number(), repositoryId: z.number(), owner: z.string(), name: z.string() };

/** Work that finds the pull requests to review. Plain data: it travels through the queue. */
export const fanOutSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("issue"), installationId: z.number(), repositoryId: z.number(), number: z.number() }),
  z.object({
    kind: z.literal("rerun"),
    ...repository,
    headSha: z.string(),
    /** The base branch whose check run was asked for; null means all of that commit. */
    baseRef: z.string().nullable(),
  }),
  /** Not a search: the commands of a comment. */
  z.object({ kind: z.literal("command"), ...repository, number: z.number(), commentId: z.number() }),
  /** Nor this: somebody edited a comment of ours, perhaps only its boxes. */
  z.object({
    kind: z.literal("boxes"),
    ...repository,
    number: z.number(),
    commentId: z.number(),
    /** The comment's global id. */
    nodeId: z.string(),
  }),
  z.object({ kind: z.literal("base"), ...repository, baseRef: z.string() }),
  z.object({
    kind: z.literal("repository"),
    ...repository,
    /** Leave out pull requests whose present head has its verdict. */
    missingOnly: z.boolean(),
  }),
  z.object({
    kind: z.literal("installation"),
    installationId: z.number(),
    /** Look at every repository, not only at those that are new. */
    whole: z.boolean().default(true),
  }),
]);
export type FanOut = z.infer<typeof fanOutSchema>;
