import { createHash } from "node:crypto";
import { engineVersion } from "../../pipeline/engine-version.ts";
import type { Known, LinkedIssue } from "../facts/facts.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";

/** Counts up when the same inputs could lead to another report, so that stored digests are not taken for its own. */
const reviewVersion = 1;

/** Digest of everything that a verdict depends on. Equal digests mean that a review would find what is published. */
export function hashInputs(
  { comments: _, updatedAt: __, ...seen }: FetchedPullRequest,
  linkedIssues: Known<LinkedIssue[]>,
): string {
  return digest([reviewVersion, engineVersion, seen, linkedIssues]);
}

/** SHA-256 of plain data. */
export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
