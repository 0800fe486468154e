import { z } from "zod";
import { problemSchema } from "../../pipeline/problem.ts";
import { modelReviewSchema } from "../../pipeline/review/model-review.ts";
import { loadedPolicySchema } from "../policy/policy.ts";
import { waiverSchema } from "../verdict/waiver.ts";

/** A fact that may be out of reach. `needs-github`: this door has no GitHub. `failed`: it should have been there. */
export type Known<T> = { known: true; value: T } | { known: false; why: "needs-github" | "failed"; detail: string };

function knownSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("known", [
    z.object({ known: z.literal(true), value }),
    z.object({ known: z.literal(false), why: z.enum(["needs-github", "failed"]), detail: z.string() }),
  ]);
}

const pullRequestSchema = z
  .object({
    /** Null for a local branch. */
    number: z.number().nullable(),
    title: z.string(),
    body: z.string(),
    url: z.string().nullable(),
    draft: z.boolean(),
    /** ISO time at which it was opened; absent for a local branch, and in facts that were saved before it was read. */
    createdAt: z.string().exactOptional(),
    /** Null: a deleted account. */
    author: z.object({ login: z.string(), bot: z.boolean(), id: z.number().nullable() }).nullable(),
    labels: knownSchema(z.array(z.string())),
    base: z.object({
      ref: z.string(),
      /** Tip of the base branch: where the policy comes from. */
      sha: z.string(),
    }),
    /** `repository` is `owner/name`; null when the fork was deleted. */
    head: z.object({ ref: z.string(), sha: z.string(), repository: z.string().nullable() }),
    /** What the head is compared with: where the branch left its base. */
    mergeBase: z.string(),
    fork: z.boolean(),
  })
  .meta({ id: "PullRequest" });
export type PullRequest = z.infer<typeof pullRequestSchema>;

const linkedIssueSchema = z
  .object({
    owner: z.string(),
    repo: z.string(),
    number: z.number(),
    /** Null: it is named in the text, but it does not exist or can't be read. */
    issue: z
      .object({
        title: z.string(),
        body: z.string(),
        state: z.enum(["open", "closed"]),
        /** When and why it was closed last; absent while it is open, and where nobody says. */
        closed: z.object({ at: z.string(), as: z.enum(["completed", "not-planned", "duplicate"]) }).exactOptional(),
        labels: z.array(z.string()),
        url: z.string(),
      })
      .nullable(),
    /** How the link was found. */
    source: z.enum(["github", "keyword"]),
  })
  .meta({ id: "LinkedIssue" });
export type LinkedIssue = z.infer<typeof linkedIssueSchema>;

const changedFileSchema = z
  .object({
    path: z.string(),
    status: z.enum(["added", "removed", "modified", "renamed", "copied", "changed"]),
    additions: z.number(),
    deletions: z.number(),
  })
  .meta({ id: "ChangedFile" });
export type ChangedFile = z.infer<typeof changedFileSchema>;

const reviewsSchema = z
  .object({
    /**
     * The last opinion of each person: an approval, or a request for changes. A comment is none, and whoever's last one was
     * dismissed has none. Those of deleted accounts are left out.
     */
    opinions: z.array(
      z.object({
        author: z.object({ login: z.string(), bot: z.boolean(), id: z.number().nullable() }),
        state: z.enum(["approved", "changes-requested"]),
        /** The commit that was looked at; null: GitHub does not know it any more. */
        commit: z.string().nullable(),
        submittedAt: z.string(),
      }),
    ),
    /** Older reviews with an opinion that were not looked at. */
    unread: z.number(),
  })
  .meta({ id: "Reviews" });
export type Reviews = z.infer<typeof reviewsSchema>;

const requestedTeamsSchema = z
  .object({
    /** Teams that are asked for a review, as `organization/slug`. */
    teams: z.array(z.string()),
    /** Further requests that were not looked at. */
    unread: z.number(),
  })
  .meta({ id: "RequestedTeams" });
export type RequestedTeams = z.infer<typeof requestedTeamsSchema>;

const policyChangeSchema = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("unchanged") }),
    z.object({
      state: z.literal("changed"),
      /** Sentences about what the head's policy would change. */
      preview: z.array(z.string()),
      /** Of what both policies say; absent in facts that were saved before it was told. */
      digest: z.string().exactOptional(),
    }),
    z.object({ state: z.literal("invalid"), problems: z.array(problemSchema) }),
    z.object({ state: z.literal("removed") }),
  ])
  .meta({ id: "PolicyChange" });
export type PolicyChange = z.infer<typeof policyChangeSchema>;

/** Everything known about one change under review. Plain data that survives `JSON.stringify`; a check sees nothing else. */
export const factsSchema = z
  .object({
    door: z.enum(["github", "git"]),
    repository: z.object({
      id: z.number().nullable(),
      owner: z.string(),
      name: z.string(),
      private: z.boolean(),
      defaultBranch: z.string(),
      url: z.string().nullable(),
    }),
    pullRequest: pullRequestSchema,
    /** Issues that merging this pull request would close, or that its text links with a closing keyword. */
    linkedIssues: knownSchema(z.array(linkedIssueSchema)),
    changedFiles: knownSchema(z.array(changedFileSchema)),
    /** Absent in facts that were saved before they were read. */
    reviews: knownSchema(reviewsSchema).exactOptional(),
    requestedTeams: knownSchema(requestedTeamsSchema).exactOptional(),
    policy: loadedPolicySchema,
    /** What this change does to the policy file itself. The policy above is always the base's. */
    policyChange: policyChangeSchema,
    models: z.array(modelReviewSchema),
    /**
     * How many pull requests the hold-out of a model has judged, this one included, by model id. A model without an entry
     * was not judged on one; absent where nobody counts, as on the command line.
     */
    holdoutUses: z.record(z.string(), z.number()).exactOptional(),
    /** What was accepted on this pull request; absent where nobody says, as on the command line without `--waivers`. */
    waivers: z.array(waiverSchema).exactOptional(),
    /** ISO time of the evaluation. */
    now: z.iso.datetime(),
  })
  .meta({ id: "Facts" });
export type Facts = z.infer<typeof factsSchema>;
