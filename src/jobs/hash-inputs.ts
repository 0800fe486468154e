import { createHash } from "node:crypto";
import { engineVersion } from "../../pipeline/engine-version.ts";
import type { Known, LinkedIssue } from "../facts/facts.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { Twin } from "../store/twins.ts";
import type { Waiver } from "../verdict/waiver.ts";

/** Counts up when the same inputs could lead to another report, so that stored digests are not taken for its own. */
const reviewVersion = 5;

/** What judges: another one may judge the same inputs in another way. */
export const engine = `${engineVersion}/${reviewVersion}`;

/**
 * Digest of everything that a verdict depends on. Equal digests mean that a review would find what is published. No check asks
 * for people's reviews yet; the first that does takes them in here.
 */
export function hashInputs(
  { comments: _, updatedAt: __, refused: ___, reviews: ____, requestedTeams: _____, ...seen }: FetchedPullRequest,
  linkedIssues: Known<LinkedIssue[]>,
  twins: readonly Twin[],
  waivers: readonly Waiver[],
  now: Date,
): string {
  const today = now.toISOString().slice(0, 10);
  const accepted = waivers.map((waiver) => ({ ...waiver, over: waiver.until < today }));
  const failing = twins.filter(({ conclusion }) => conclusion === "failure");
  const others = failing.map(({ number, insider }) => [number, insider]);
  return digest([engine, seen, linkedIssues, others, accepted]);
}

/** SHA-256 of plain data. */
export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
