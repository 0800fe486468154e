import type { ChangedFile, Facts, Known, LinkedIssue, PullRequest, RequestedTeams, Reviews } from "../facts/facts.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { RepositoryClient } from "./app-client.ts";
import { checkRunName } from "./check-run-name.ts";
import { fetchBasePolicies, missingPolicy } from "./fetch-base-policies.ts";
import { toIssue } from "./fetch-issues.ts";
import { fetchRemainingFiles, toChangedFiles } from "./fetch-remaining-files.ts";
import type { RepositoryReader } from "./octokit.ts";
import { overriddenNumber } from "./override-reference.ts";
import { namesOf, type PullRequestNode, pullRequestAnswer, pullRequestQuery } from "./pull-request-query.ts";
import { queryGraphql } from "./query-graphql.ts";
import { toRequestedTeams, toReviews } from "./to-reviews.ts";

/** A pull request as GitHub shows it now. */
export interface FetchedPullRequest {
  repository: Facts["repository"];
  archived: boolean;
  state: "open" | "closed";
  /** ISO 8601. Our own comment counts as a change too, so it is no part of what a verdict depends on. */
  updatedAt: string;
  /** All comments in the conversation, ours included. No part of what a verdict depends on. */
  comments: number;
  pullRequest: Omit<PullRequest, "mergeBase">;
  /** GitHub refused a part, perhaps only for a moment. What a verdict depends on is that part, not the refusal. */
  refused: boolean;
  /** Issues that GitHub itself would close. */
  closingIssues: Known<LinkedIssue[]>;
  changedFiles: Known<ChangedFile[]>;
  reviews: Known<Reviews>;
  requestedTeams: Known<RequestedTeams>;
  /** Whether the list of changed files was made against the present tip of the base branch. GitHub does not renew it when the base moves. */
  changedFilesAreFresh: boolean;
  /** The policy file at the tip of the base branch; text is null when it is not text or was cut off. */
  policy: { oid: string; size: number; text: string | null } | null;
  /** There is no policy, but the base branch's protection or a ruleset requires our check. */
  policyIsMissed: boolean;
  /** References of check runs on the head by which somebody let it through by hand; only the App sees them. */
  overrides: string[];
}

/**
 * Reads a pull request with one query, two when its base branch is not the expected one, and one more when that has no
 * policy.
 *
 * @param baseRef where the base branch was last seen: the query needs its name to find the policy
 * @returns null when the repository or the pull request does not exist or can't be read
 */
export async function fetchPullRequest(
  client: RepositoryReader & Partial<Pick<RepositoryClient, "appId">>,
  number: number,
  baseRef: string,
): Promise<FetchedPullRequest | null> {
  const { owner, name, appId: app = null } = client;
  const policyFile = `refs/heads/${baseRef}:${policyPath}`;
  const runs = { app, run: checkRunName(baseRef), asApp: app !== null };
  const variables = { owner, name, number, policy: policyFile, ...runs };
  const { data, refused } = await queryGraphql(
    client.octokit,
    pullRequestQuery(client.readsTeams === true),
    variables,
    pullRequestAnswer,
  );
  const repository = data?.repository;
  const pull = repository?.pullRequest;
  // The name may belong to another repository by now; only the number is a promise.
  if (!repository || !pull || repository.databaseId !== client.repositoryId) return null;
  if (pull.baseRefName !== baseRef) return fetchPullRequest(client, number, pull.baseRefName);
  const { policy } = repository;
  const oid = policy?.oid;
  return {
    repository: {
      id: repository.databaseId,
      owner: repository.owner.login,
      name: repository.name,
      private: repository.isPrivate,
      defaultBranch: repository.defaultBranchRef?.name ?? pull.baseRefName,
      url: repository.url,
    },
    archived: repository.isArchived,
    state: pull.state === "OPEN" ? "open" : "closed",
    updatedAt: pull.updatedAt,
    comments: pull.comments.totalCount,
    pullRequest: toPullRequest(pull),
    // Who is asked for a review is a matter of a permission that may never come; to ask again would not help.
    refused: refused.some((path) => !path.includes("requestedReviewer")),
    closingIssues: refused.some((path) => path.includes("closingIssuesReferences"))
      ? { known: false, why: "failed", detail: "GitHub did not tell which issues this pull request closes" }
      : { known: true, value: toLinkedIssues(pull) },
    changedFiles: await fetchChangedFiles(client, number, pull),
    reviews: toReviews(pull.reviews),
    requestedTeams: toRequestedTeams(pull.reviewRequests),
    changedFilesAreFresh: pull.baseRef?.target?.oid === pull.baseRefOid,
    policy:
      oid === undefined
        ? null
        : { oid, size: policy?.byteSize ?? 0, text: policy?.isTruncated ? null : (policy?.text ?? null) },
    policyIsMissed: oid === undefined && (await fetchBasePolicies(client, [baseRef])).get(baseRef) === missingPolicy,
    overrides: overridesOf(pull, client.repositoryId),
  };
}

function overridesOf({ commits, headRefOid }: PullRequestNode, repositoryId: number): string[] {
  const newest = commits?.nodes?.find((node) => node?.commit.oid === headRefOid)?.commit;
  const runs = (newest?.checkSuites?.nodes ?? []).flatMap((suite) => suite?.checkRuns?.nodes ?? []);
  const references = runs.flatMap((run) => run?.externalId ?? []);
  return references.filter((reference) => overriddenNumber(reference, repositoryId) !== null);
}

function toPullRequest(pull: PullRequestNode): Omit<PullRequest, "mergeBase"> {
  const { author } = pull;
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body,
    url: pull.url,
    draft: pull.isDraft,
    createdAt: pull.createdAt,
    author: author && { login: author.login, bot: author.__typename === "Bot", id: author.databaseId ?? null },
    labels: pull.labels
      ? { known: true, value: namesOf(pull.labels) }
      : { known: false, why: "failed", detail: "GitHub did not tell the labels of this pull request" },
    base: { ref: pull.baseRefName, sha: pull.baseRef?.target?.oid ?? pull.baseRefOid },
    head: { ref: pull.headRefName, sha: pull.headRefOid, repository: pull.headRepository?.nameWithOwner ?? null },
    fork: pull.isCrossRepository,
  };
}

function toLinkedIssues(pull: PullRequestNode): LinkedIssue[] {
  return (pull.closingIssuesReferences?.nodes ?? []).flatMap((issue) =>
    issue === null
      ? []
      : [
          {
            owner: issue.repository.owner.login,
            repo: issue.repository.name,
            number: issue.number,
            issue: toIssue(issue),
            source: "github",
          } satisfies LinkedIssue,
        ],
  );
}

/** GitHub lists at most this many files of a pull request; beyond, an answer from the list would be a partial one. */
const listedFiles = 3000;

async function fetchChangedFiles(
  client: RepositoryReader,
  number: number,
  pull: PullRequestNode,
): Promise<Known<ChangedFile[]>> {
  if (pull.files === null) return { known: false, why: "failed", detail: "GitHub did not tell the changed files" };
  if (pull.files.totalCount > listedFiles) {
    const detail = `This pull request changes ${pull.files.totalCount} files, and GitHub lists at most ${listedFiles}`;
    return { known: false, why: "failed", detail };
  }
  const first = toChangedFiles(pull.files);
  const { hasNextPage, endCursor } = pull.files.pageInfo;
  const rest = hasNextPage && endCursor !== null ? await fetchRemainingFiles(client, number, endCursor) : [];
  return { known: true, value: [...first, ...rest] };
}
