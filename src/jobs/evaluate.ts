import { requestedSlices } from "../criteria/requested-slices.ts";
import type { Facts, Known, LinkedIssue } from "../facts/facts.ts";
import type { RepositoryClient } from "../github/app-client.ts";
import { fetchMergeBase } from "../github/fetch-merge-base.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { githubSnapshot } from "../github/github-snapshot.ts";
import { lazyHeadSnapshot } from "../github/lazy-head-snapshot.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { recordBasePolicy } from "../store/base-policies.ts";
import { judge } from "../verdict/judge.ts";
import { countHoldoutUses } from "./count-holdout-uses.ts";
import { type Policies, readPolicies, toPolicyChange } from "./read-policies.ts";
import { reportUnrelatedHistories, reportWithoutPolicy } from "./report-without-policy.ts";
import type { Publishable, ReviewPorts } from "./review-ports.ts";

/** Policy, facts, experiments, checks, verdict, report. Writes nothing to GitHub. */
export async function evaluate(
  ports: ReviewPorts,
  client: RepositoryClient,
  seen: FetchedPullRequest,
  linkedIssues: Known<LinkedIssue[]>,
  { forced, signal }: { forced: boolean; signal: AbortSignal },
): Promise<Publishable> {
  const { base, head } = seen.pullRequest;
  const mergeBase = await fetchMergeBase(client, base.sha, head.sha);
  if (mergeBase === null) return reportUnrelatedHistories(base.ref);
  const before = githubSnapshot(client, mergeBase, ports.blobDirectory);
  const whole = githubSnapshot(client, head.sha, ports.blobDirectory);
  const after = seen.changedFilesAreFresh ? lazyHeadSnapshot(before, whole, seen.changedFiles) : whole;

  const policies = await readPolicies(seen, before, after, ports.checks);
  if (!policies.judging?.ok) {
    await rememberWhatMatters(ports, client, base.ref, policies, []);
    return reportWithoutPolicy(policies, seen);
  }
  const policy = policies.judging.value;

  const issues = linkedIssues.known ? linkedIssues.value : [];
  const slices = Object.fromEntries(policy.models.map(({ id }) => [id, requestedSlices(issues, id)]));
  const request = { repositoryId: client.repositoryId, models: policy.models, slices, forced, signal };
  const models = await ports.reviewModels({ ...request, base: before, head: after });
  await rememberWhatMatters(ports, client, base.ref, policies, models);
  const key = { repositoryId: client.repositoryId, number: seen.pullRequest.number };
  const holdoutUses = await countHoldoutUses(ports.database, key, models);

  const facts: Facts = {
    door: "github",
    repository: seen.repository,
    pullRequest: { ...seen.pullRequest, mergeBase },
    linkedIssues,
    changedFiles: seen.changedFiles,
    policy,
    policyChange: toPolicyChange(policies, policy),
    models,
    holdoutUses,
    now: new Date().toISOString(),
  };
  return ports.render(judge(ports.checks, facts), facts);
}

/** Lets later events be answered without asking GitHub: which triggers and which paths can change a verdict. */
async function rememberWhatMatters(
  ports: ReviewPorts,
  client: RepositoryClient,
  baseRef: string,
  { judging }: Policies,
  models: Facts["models"],
): Promise<void> {
  const policy = judging?.ok ? judging.value : null;
  const enabled = [...ports.checks.values()].filter(({ id }) => policy && policy.checks[id]?.level !== "off");
  const data = models.flatMap(({ base, head }) =>
    [base, head].flatMap((side) =>
      side.state === "ran" ? (side.run.lineage.dataPaths ?? [side.run.lineage.dataPath]) : [],
    ),
  );
  const named = (policy?.models ?? []).flatMap(({ experiment, drift }) => [experiment, drift.reference ?? []].flat());
  const watched = [policyPath, ...named, ...data];
  await recordBasePolicy(ports.database, client.repositoryId, baseRef, {
    triggers: [...new Set(enabled.flatMap(({ triggers }) => triggers))].sort(),
    watched: [...new Set(watched)].sort(),
  });
}
