import type { Annotation, CheckRun, CheckSuite, CommitStatus, Repository } from "../model.ts";
import { nodeId, pullsOf, type World } from "../state.ts";
import { presentAccount } from "./account.ts";
import { presentApp } from "./app.ts";
import { presentPullMinimal } from "./pull.ts";
import { apiUrl, htmlUrl, presentRepository, urlPath } from "./repository.ts";

/** Open pull requests of that head; GitHub lists none for pull requests from forks. */
function pullsAt(world: World, repository: Repository, sha: string): Record<string, unknown>[] {
  return pullsOf(repository)
    .filter(({ state, pull }) => state === "open" && pull.head.sha === sha && pull.head.repository === repository)
    .map((issue) => presentPullMinimal(world, issue));
}

export function presentRun(world: World, repository: Repository, run: CheckRun): Record<string, unknown> {
  const url = `${apiUrl(world, repository)}/check-runs/${run.id}`;
  const html = `${htmlUrl(world, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: presentApp(world, run.app),
    pull_requests: pullsAt(world, repository, run.headSha),
  };
}

export function presentAnnotation(
  world: World,
  repository: Repository,
  run: CheckRun,
  annotation: Annotation,
): Record<string, unknown> {
  return {
    path: annotation.path,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
    blob_href: `${htmlUrl(world, repository)}/blob/${run.headSha}/${urlPath(annotation.path)}`,
  };
}

/** The state of a suite follows its newest run of each name. */
export function suiteOutcome(runs: readonly CheckRun[]): { status: string; conclusion: string | null } {
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some((run) => run.status !== "completed")) return { status: "in_progress", conclusion: null };
  const worst = ["failure", "timed_out", "cancelled", "action_required", "success", "neutral", "skipped"];
  const conclusion = worst.find((name) => runs.some((run) => run.conclusion === name)) ?? "success";
  return { status: "completed", conclusion };
}

export function presentSuite(
  world: World,
  repository: Repository,
  suite: CheckSuite,
  headCommit: Record<string, unknown>,
): Record<string, unknown> {
  const shown = presentSuiteShort(world, repository, suite);
  return {
    ...shown,
    repository: presentRepository(world, repository),
    head_commit: headCommit,
    latest_check_runs_count: latestRuns(repository.runs.filter((run) => run.suite === suite)).length,
    check_runs_url: `${shown.url}/check-runs`,
  };
}

/** A suite as it stands inside the check runs of webhooks. */
export function presentSuiteShort(world: World, repository: Repository, suite: CheckSuite): Record<string, unknown> {
  return {
    id: suite.id,
    node_id: nodeId("CS", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteOutcome(latestRuns(repository.runs.filter((run) => run.suite === suite))),
    url: `${apiUrl(world, repository)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsAt(world, repository, suite.headSha),
    app: presentApp(world, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

/** The newest run of each name and App, newest first. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) {
    const key = `${run.app.id}\0${run.name}`;
    if (run.id > (newest.get(key)?.id ?? 0)) newest.set(key, run);
  }
  return [...newest.values()].sort((a, b) => b.id - a.id);
}

export function presentStatus(world: World, repository: Repository, status: CommitStatus): Record<string, unknown> {
  return {
    url: `${apiUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: `${world.url}/avatars/${status.creator.id}`,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: presentAccount(world, status.creator),
  };
}
