import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../../pipeline/problem.ts";
import { readTextFile } from "../../pipeline/read-text-file.ts";
import { requestedSlices } from "../criteria/requested-slices.ts";
import type { Facts } from "../facts/facts.ts";
import { type LocalChange, resolveChange } from "../git/local-change.ts";
import { gatherLocalFacts, withModels } from "../git/local-facts.ts";
import { readPolicy, readPolicyChange } from "../git/local-policy.ts";
import { maxPullRequestBytes, type PullRequestFile, parsePullRequestFile } from "../git/pull-request-file.ts";
import { type LocalRepository, openRepository } from "../git/repository.ts";
import { localCacheLimits, pruneCache } from "../prepare/prune-cache.ts";
import { openReviewCache } from "../prepare/review-cache.ts";
import { reviewModels } from "../prepare/review-models.ts";
import type { Check } from "../verdict/check.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { judge } from "../verdict/judge.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { print, tell } from "./print.ts";
import { progressLine } from "./progress-line.ts";
import { type Format, render } from "./render.ts";
import { factsFile } from "./saved-facts.ts";
import { showProblems } from "./show-problems.ts";

export interface ReviewOptions {
  repository: string;
  base: string;
  head: string;
  format: Format;
  pullRequest?: string;
  save?: string;
  /** False: neither read nor written. A folder, or by default one inside the git folder. */
  cache: string | boolean;
  timeout: number;
  memory: number;
}

/** `modelsync review`: reviews a local branch as if it were a pull request. Answers the exit code. */
export async function review(options: ReviewOptions): Promise<number> {
  const checks = await loadChecks();
  const facts = await gatherFacts(options, checks);
  if (!facts.ok) {
    tell(showProblems(facts.problems));
    return exitCodes.cannotEvaluate;
  }
  const verdict = judge(checks, facts.value);
  print(await render(options.format, verdict, facts.value));
  if (options.save !== undefined) await writeFile(options.save, factsFile(facts.value));
  return exitCodeOf(verdict.conclusion);
}

async function gatherFacts(options: ReviewOptions, checks: ReadonlyMap<string, Check>): Promise<Outcome<Facts>> {
  const opened = await openRepository(options.repository);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const [change, file] = await Promise.all([
    resolveChange(repository, options.base, options.head),
    readPullRequest(options.pullRequest),
  ]);
  if (!change.ok || !file.ok) return { ok: false, problems: [change, file].flatMap(problemsOf) };
  if (options.head === "HEAD" && (await repository.dirty())) {
    tell("The working tree has uncommitted changes. They are not reviewed: only what is committed is.");
  }
  return reviewChange(repository, change.value, file.value, options, checks);
}

async function reviewChange(
  repository: LocalRepository,
  change: LocalChange,
  file: PullRequestFile | null,
  options: ReviewOptions,
  checks: ReadonlyMap<string, Check>,
): Promise<Outcome<Facts>> {
  const tip = repository.snapshot(change.base.sha);
  const base = repository.snapshot(change.mergeBase);
  const head = repository.snapshot(change.head.sha);
  const policy = await readPolicy(tip, change.base.ref, checks);
  if (!policy.ok) return policy;
  const policyChange = await readPolicyChange(base, head, policy.value, checks);
  const now = new Date();
  const facts = await gatherLocalFacts(repository, change, { base: policy.value, change: policyChange }, file, now);

  const issues = facts.linkedIssues.known ? facts.linkedIssues.value : [];
  const slices = Object.fromEntries(policy.value.models.map(({ id }) => [id, requestedSlices(issues, id)]));
  const cache = await cacheFolder(options.cache, repository);
  const progress = progressLine();
  const interrupt = onInterrupt();
  try {
    const models = await reviewModels({
      models: policy.value.models,
      base,
      head,
      slices,
      reviews: openReviewCache(cache),
      cache: cache === null ? null : join(cache, "runs"),
      limits: { seconds: options.timeout, megabytes: options.memory },
      limitSettings: { seconds: "--timeout", megabytes: "--memory" },
      onProgress: progress.update,
      signal: interrupt.signal,
    });
    return { ok: true, value: withModels(facts, models), notes: [] };
  } finally {
    if (cache !== null) await pruneCache([join(cache, "runs"), join(cache, "reviews")], localCacheLimits);
    progress.clear();
    interrupt.done();
  }
}

async function readPullRequest(path?: string): Promise<Outcome<PullRequestFile | null>> {
  if (path === undefined) return { ok: true, value: null, notes: [] };
  const text = await readTextFile(path, maxPullRequestBytes);
  return text.ok ? parsePullRequestFile(text.value, path) : text;
}

function problemsOf(outcome: Outcome<unknown>) {
  return outcome.ok ? [] : outcome.problems;
}

async function cacheFolder(option: string | boolean, repository: LocalRepository): Promise<string | null> {
  if (option === false) return null;
  return typeof option === "string" ? option : join(await repository.gitFolder(), "modelsync");
}
