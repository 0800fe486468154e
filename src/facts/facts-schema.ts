import { z } from "zod";
import { modelReviewSchema, problemSchema } from "../../pipeline/child/review-schema.ts";

/**
 * The shape of `Facts` as they come back from a saved file. It guards a boundary, like `modelReviewSchema`: what passes
 * can be judged and shown without a crash. Unknown keys are kept.
 */
const object = z.looseObject;
const textOrNull = z.string().nullable();
const names = z.array(z.string());
const numberOrNull = z.number().nullable();

const known = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion("known", [
    object({ known: z.literal(true), value }),
    object({ known: z.literal(false), why: z.enum(["needs-github", "failed"]), detail: z.string() }),
  ]);

const pullRequest = object({
  number: numberOrNull,
  title: z.string(),
  body: z.string(),
  url: textOrNull,
  draft: z.boolean(),
  author: object({ login: z.string(), bot: z.boolean(), id: numberOrNull }).nullable(),
  labels: known(names),
  base: object({ ref: z.string(), sha: z.string() }),
  head: object({ ref: z.string(), sha: z.string(), repository: textOrNull }),
  mergeBase: z.string(),
  fork: z.boolean(),
});

const linkedIssue = object({
  owner: z.string(),
  repo: z.string(),
  number: z.number(),
  issue: object({
    title: z.string(),
    body: z.string(),
    state: z.enum(["open", "closed"]),
    labels: names,
    url: z.string(),
  }).nullable(),
  source: z.enum(["github", "keyword"]),
});

const changedFile = object({
  path: z.string(),
  status: z.enum(["added", "removed", "modified", "renamed", "copied", "changed"]),
  additions: z.number(),
  deletions: z.number(),
});

const modelPolicy = object({
  id: z.string(),
  experiment: z.string(),
  metrics: z.record(z.string(), object({ tolerance: z.number(), min: numberOrNull, max: numberOrNull })),
  slices: names,
  drift: object({
    exclude: names,
    share: z.number(),
    level: z.number(),
    minimumRows: z.number(),
    thresholds: object({ numeric: z.number(), categorical: z.number() }),
    current: z.enum(["all", "added"]).optional(),
    reference: z.string().optional(),
  }),
  level: z.number(),
  holdoutReuseWarning: z.number().optional(),
});

const policy = object({
  version: z.literal(1),
  models: z.array(modelPolicy),
  checks: z.record(z.string(), object({ level: z.enum(["block", "warn", "off"]), options: z.unknown() })),
  exempt: object({ bots: names }),
});

const policyChange = z.discriminatedUnion("state", [
  object({ state: z.literal("unchanged") }),
  object({ state: z.literal("changed"), preview: names }),
  object({ state: z.literal("invalid"), problems: z.array(problemSchema) }),
  object({ state: z.literal("removed") }),
]);

export const factsSchema = object({
  door: z.enum(["github", "git"]),
  repository: object({
    id: numberOrNull,
    owner: z.string(),
    name: z.string(),
    private: z.boolean(),
    defaultBranch: z.string(),
    url: textOrNull,
  }),
  pullRequest,
  linkedIssues: known(z.array(linkedIssue)),
  changedFiles: known(z.array(changedFile)),
  policy,
  policyChange,
  models: z.array(modelReviewSchema),
  holdoutUses: z.record(z.string(), z.number()).optional(),
  now: z.iso.datetime(),
});
