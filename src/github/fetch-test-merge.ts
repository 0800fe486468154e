import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { RepositoryReader } from "./octokit.ts";
import { queryGraphql } from "./query-graphql.ts";

const query = `
query TestMerge($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      mergeable
      headRefOid
      baseRef { target { oid } }
      potentialMergeCommit { oid parents(first: 2) { nodes { oid } } }
    }
  }
}`;

const oid = z.object({ oid: z.string() });
const pullRequest = z.object({
  mergeable: z.enum(["MERGEABLE", "CONFLICTING", "UNKNOWN"]),
  headRefOid: z.string(),
  baseRef: z.object({ target: oid.nullable() }).nullable(),
  potentialMergeCommit: oid.extend({ parents: z.object({ nodes: z.array(oid.nullable()).nullable() }) }).nullable(),
});
const answer = z.object({ repository: z.object({ pullRequest: pullRequest.nullable() }).nullable() });

/** GitHub mostly needs a second; asking makes it begin. */
const usualPauses = [250, 750, 2_000, 4_000, 8_000, 15_000];

/** The commit by which GitHub merged for a try, or why there is none; `not-ready`: it did not say in time. */
export type TestMerge = { state: "merged"; commit: string } | { state: "conflict" } | { state: "not-ready" };

/**
 * Asks what merging a pull request would give until GitHub says it of just these two commits: after a push it may still show
 * the merge of others for a while.
 *
 * @param sides the tip of the base branch and the head
 * @param pauses milliseconds before each further question
 */
export async function fetchTestMerge(
  client: RepositoryReader,
  number: number,
  sides: { base: string; head: string },
  { signal, pauses = usualPauses }: { signal: AbortSignal; pauses?: readonly number[] },
): Promise<TestMerge> {
  for (const pause of pauses) {
    const found = await ask(client, number, sides);
    if (found.state !== "not-ready") return found;
    await wait(pause, undefined, { signal });
  }
  return ask(client, number, sides);
}

async function ask(
  client: RepositoryReader,
  number: number,
  { base, head }: { base: string; head: string },
): Promise<TestMerge> {
  const { owner, name } = client;
  const { data } = await queryGraphql(client.octokit, query, { owner, name, number }, answer);
  const pull = data?.repository?.pullRequest;
  const merge = pull?.potentialMergeCommit;
  const parents = merge?.parents.nodes?.map((parent) => parent?.oid).join(" ");
  if (merge && parents === `${base} ${head}`) return { state: "merged", commit: merge.oid };
  const isPresent = pull?.headRefOid === head && pull.baseRef?.target?.oid === base;
  return { state: isPresent && pull.mergeable === "CONFLICTING" ? "conflict" : "not-ready" };
}
