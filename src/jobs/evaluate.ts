import type { Facts, Known, LinkedIssue } from "../facts/facts.ts";
import { pathsOfModels } from "../facts/paths-of-models.ts";
import type { RepositoryClient } from "../github/app-client.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { renderNotice } from "../report/render-notice.ts";
import { readBasePolicy, recordBasePolicy } from "../store/base-policies.ts";
import { judge } from "../verdict/judge.ts";
import type { Waiver } from "../verdict/waiver.ts";
import { countHoldoutUses } from "./count-holdout-uses.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { Policies } from "./read-policies.ts";
import type { Publishable, ReviewPorts } from "./review-ports.ts";
import { toSeenFindings } from "./to-seen-findings.ts";

/** Policy, facts, experiments, checks, verdict, report. Writes nothing to GitHub. */
export async function evaluate(
  ports: ReviewPorts,
  client: RepositoryClient,
  seen: FetchedPullRequest,
  linkedIssues: Known<LinkedIssue[]>,
  options: { forced: boolean; waivers: Waiver[]; signal: AbortSignal },
): Promise<Publishable> {
  const { number } = seen.pullRequest;
  const gathered = await gatherFacts(ports, client, seen, linkedIssues, options);
  const models = "facts" in gathered ? gathered.facts.models : [];
  if (gathered.policies !== null) await rememberWhatMatters(ports, client, seen, gathered.policies, models);
  if ("notice" in gathered) {
    const silent = gathered.notice.silent === true;
    return { ...renderNotice(gathered.notice), silent, unready: false, verdict: null, mergeBase: null, findings: [] };
  }
  const key = { repositoryId: client.repositoryId, number };
  const holdoutUses = await countHoldoutUses(ports.database, key.repositoryId, models);
  const facts = { ...gathered.facts, holdoutUses, waivers: options.waivers };
  const verdict = judge(ports.checks, facts);
  const findings = toSeenFindings(verdict, ports.checks, facts);
  const { mergeBase } = facts.pullRequest;
  const unready = models.some(awaitsMerge);
  return { ...ports.render(verdict, facts), silent: false, unready, verdict, mergeBase, findings };
}

function awaitsMerge({ head }: Facts["models"][number]): boolean {
  return head.state === "problems" && head.problems.some(({ code }) => code === "merge-not-ready");
}

/** Paths of all reviews together; with more, only those of the last one are kept. */
const mostWatched = 1_000;

/** Lets later events be answered without asking GitHub: which triggers and which paths can change a verdict. */
async function rememberWhatMatters(
  ports: ReviewPorts,
  client: RepositoryClient,
  { pullRequest, policy: text, policyIsMissed }: FetchedPullRequest,
  { judging }: Policies,
  models: Facts["models"],
): Promise<void> {
  const policy = judging?.ok ? judging.value : null;
  const enabled = [...ports.checks.values()].filter(({ id }) => policy && policy.checks[id]?.level !== "off");
  const earlier = await readBasePolicy(ports.database, client.repositoryId, pullRequest.base.ref);
  // Another pull request may read other files, and the base may not change those unseen either.
  const present = [policyPath, ...pathsOfModels(policy?.models ?? [], models)];
  const together = [...new Set([...(earlier?.watched ?? []), ...present])];
  const watched = together.length > mostWatched ? present : together;
  await recordBasePolicy(ports.database, client.repositoryId, pullRequest.base.ref, {
    triggers: [...new Set(enabled.flatMap(({ triggers }) => triggers))].sort(),
    watched: [...new Set(watched)].sort(),
    unasked: text === null && !policyIsMissed,
  });
}
