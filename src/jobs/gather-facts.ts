import { requestedSlices } from "../criteria/requested-slices.ts";
import type { Facts, Known, LinkedIssue } from "../facts/facts.ts";
import { type Merged, toMovedBase } from "../facts/moved-base.ts";
import { fetchMergeBase } from "../github/fetch-merge-base.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { fetchTestMerge } from "../github/fetch-test-merge.ts";
import { githubSnapshot } from "../github/github-snapshot.ts";
import { lazyHeadSnapshot } from "../github/lazy-head-snapshot.ts";
import type { RepositoryReader } from "../github/octokit.ts";
import { toPolicyChange } from "../policy/to-policy-change.ts";
import type { RunModels } from "../prepare/try-policy.ts";
import type { Notice } from "../report/render-notice.ts";
import { isUnasked, noPolicy, noticeOfUnrelatedHistories, noticeWithoutPolicy } from "./notice-without-policy.ts";
import { type Policies, readPolicies } from "./read-policies.ts";
import type { ReviewPorts } from "./review-ports.ts";

/** What is known about a pull request at GitHub, or why nothing can judge it. Policies are null when none were read. */
export type Gathered = { policies: Policies; facts: Facts } | { policies: Policies | null; notice: Notice };

/** Loads the policies and the facts and runs the experiments. Stores nothing and writes nothing to GitHub. */
export async function gatherFacts(
  ports: Pick<ReviewPorts, "checks" | "reviewModels" | "blobDirectory">,
  client: RepositoryReader,
  seen: FetchedPullRequest,
  linkedIssues: Known<LinkedIssue[]>,
  { forced, signal }: { forced: boolean; signal: AbortSignal },
): Promise<Gathered> {
  const { base, head } = seen.pullRequest;
  if (isUnasked(seen)) return { policies: { judging: null, proposed: null, touched: false }, notice: noPolicy(seen) };
  const mergeBase = await fetchMergeBase(client, base.sha, head.sha);
  if (mergeBase === null) return { policies: null, notice: noticeOfUnrelatedHistories(base.ref) };
  const before = githubSnapshot(client, mergeBase, ports.blobDirectory);
  const whole = githubSnapshot(client, head.sha, ports.blobDirectory);
  const after = seen.changedFilesAreFresh ? lazyHeadSnapshot(before, whole, seen.changedFiles) : whole;
  const merge = () => fetchMerged(ports, client, seen, signal);
  const movedBase = toMovedBase(base.ref, before, githubSnapshot(client, base.sha, ports.blobDirectory), merge);

  const sides = { repositoryId: client.repositoryId, base: before, head: after, forced, signal };
  const runModels: RunModels = (models) => ports.reviewModels({ ...sides, movedBase: null, models, slices: {} });
  const policies = await readPolicies(seen, before, after, ports.checks, runModels);
  if (!policies.judging?.ok) return { policies, notice: noticeWithoutPolicy(policies, seen) };
  const policy = policies.judging.value;

  const issues = linkedIssues.known ? linkedIssues.value : [];
  const slices = Object.fromEntries(policy.models.map(({ id }) => [id, requestedSlices(issues, id)]));
  const models = await ports.reviewModels({ ...sides, movedBase, models: policy.models, slices });

  const facts: Facts = {
    door: "github",
    repository: seen.repository,
    pullRequest: { ...seen.pullRequest, mergeBase },
    linkedIssues,
    changedFiles: seen.changedFiles,
    reviews: seen.reviews,
    requestedTeams: seen.requestedTeams,
    policy,
    policyChange: toPolicyChange(policies, policy, models),
    models,
    now: new Date().toISOString(),
  };
  return { policies, facts };
}

async function fetchMerged(
  { blobDirectory }: Pick<ReviewPorts, "blobDirectory">,
  client: RepositoryReader,
  { pullRequest: { number, base, head } }: FetchedPullRequest,
  signal: AbortSignal,
): Promise<Merged> {
  const merge = await fetchTestMerge(client, number as number, { base: base.sha, head: head.sha }, { signal });
  if (merge.state !== "merged") return merge;
  return { state: "merged", snapshot: githubSnapshot(client, merge.commit, blobDirectory) };
}
