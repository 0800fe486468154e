import { z } from "zod";
import { readYaml } from "../../pipeline/experiment/read-yaml.ts";
import { zodProblems } from "../../pipeline/experiment/zod-problems.ts";
import type { Outcome } from "../../pipeline/problem.ts";

/** GitHub's own limit of a text is 65,536 characters; a pull request and a handful of issues fit. */
export const maxPullRequestBytes = 1024 * 1024;

const text = z.string().max(70_000);
/** As GitHub answers it: null is no text. */
const body = text
  .nullable()
  .default("")
  .transform((written) => written ?? "");
const name = z.string().min(1).max(200);
/** A name, or an object with one, as GitHub's own tools write labels. */
const label = z.union([name, z.looseObject({ name })]).transform((one) => (typeof one === "string" ? one : one.name));

const issue = z.strictObject({
  number: z.int().positive(),
  owner: name.optional(),
  repo: name.optional(),
  title: text.default(""),
  body,
  state: z.enum(["open", "closed"]).default("open"),
  closed: z
    .strictObject({
      at: z.iso.datetime({ offset: true }),
      as: z.enum(["completed", "not-planned", "duplicate"]).default("completed"),
    })
    .exactOptional(),
  labels: z.array(label).max(100).default([]),
  url: z.string().max(2_000).default(""),
});

const pullRequest = z
  .strictObject({
    number: z.int().positive().nullable().default(null),
    title: text.optional(),
    body,
    url: z.string().max(2_000).nullable().default(null),
    draft: z.boolean().default(false),
    createdAt: z.iso.datetime({ offset: true }).exactOptional(),
    author: z
      .strictObject({ login: name, bot: z.boolean().default(false), id: z.int().nullable().default(null) })
      .nullable()
      .default(null),
    labels: z.array(label).max(100).optional(),
    linkedIssues: z.array(issue).max(50).optional(),
  })
  .describe("What GitHub would know about the pull request.");

/** What a person says about the pull request that a local branch will become. Absent parts stay unknown. */
export type PullRequestFile = z.infer<typeof pullRequest>;

/** Reads a pull request as a person wrote it in YAML or JSON, or every mistake in it. */
export function parsePullRequestFile(text: string, path: string): Outcome<PullRequestFile> {
  const file = readYaml(text, path, maxPullRequestBytes);
  if (!file.ok) return file;
  const parsed = pullRequest.safeParse(file.value.value);
  if (!parsed.success) return { ok: false, problems: zodProblems(parsed.error, pullRequest, file.value) };
  return { ok: true, value: parsed.data, notes: [] };
}
