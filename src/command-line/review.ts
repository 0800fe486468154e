import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../../pipeline/problem.ts";
import { readTextFile } from "../../pipeline/read-text-file.ts";
import { requestedSlices } from "../criteria/requested-slices.ts";
import type { Facts } from "../facts/facts.ts";
import { toMovedBase } from "../facts/moved-base.ts";
import { localAnchors } from "../git/local-anchors.ts";
import { type LocalChange, resolveChange } from "../git/local-change.ts";
import { gatherLocalFacts } from "../git/local-facts.ts";
import { readPolicy, readProposedPolicy } from "../git/local-policy.ts";
import { maxPullRequestBytes, type PullRequestFile, parsePullRequestFile } from "../git/pull-request-file.ts";
import { type LocalRepository, openRepository } from "../git/repository.ts";
import { toPolicyChange } from "../policy/to-policy-change.ts";
import { temporaryFolder } from "../prepare/temporary-folder.ts";
import type { RunModels } from "../prepare/try-policy.ts";
import type { Notice } from "../report/render-notice.ts";
import type { Check } from "../verdict/check.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { judge } from "../verdict/judge.ts";
import { refuse } from "./answer.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { plainText } from "./plain-text.ts";
import { print, tell } from "./print.ts";
import { render } from "./render.ts";
import { type ReviewOptions, readTarget } from "./review-target.ts";
import { cacheFolder, reviewWithin } from "./review-within.ts";
import { factsFile } from "./saved-facts.ts";
import { showNotice } from "./show-problems.ts";
import { chooseWaivers, describeUnused, readWaiversFile, type WaiversFile } from "./waivers-file.ts";

/** `modelsync review`: reviews a pull request, or a local branch as if it were one. Answers the exit code. */
export async function review(options: ReviewOptions): Promise<number> {
  const checks = await loadChecks();
  const file = options.waivers === undefined ? null : await readWaiversFile(options.waivers);
  if (file?.ok === false) return refuse(file.problems);
  const recorded = file?.value ?? null;
  const gathered = await gatherFacts(options, checks, recorded);
  if (!gathered.ok) return refuse(gathered.problems);
  if ("notice" in gathered.value) {
    tell(showNotice(gathered.value.notice));
    return gathered.value.notice.passes ? exitCodes.pass : exitCodes.cannotEvaluate;
  }
  const { facts } = gathered.value;
  const verdict = judge(checks, facts);
  print(await render(options.format, verdict, facts));
  if (recorded !== null) {
    const unused = describeUnused(recorded, facts.waivers ?? [], verdict);
    if (unused.length > 0) tell(unused.map((line) => plainText(line)).join("\n"));
  }
  if (options.save !== undefined) await writeFile(options.save, factsFile(facts));
  return exitCodeOf(verdict.conclusion);
}

async function gatherFacts(
  options: ReviewOptions,
  checks: ReadonlyMap<string, Check>,
  recorded: WaiversFile | null,
): Promise<Outcome<{ facts: Facts } | { notice: Notice }>> {
  const target = readTarget(options);
  if (!target.ok) return target;
  if ("base" in target.value) return gatherBranchFacts(target.value, options, checks, recorded);
  const { gatherPullFacts } = await import("./review-pull.ts");
  const gathered = await gatherPullFacts(target.value.pull, options, checks);
  if (!gathered.ok || "notice" in gathered.value || recorded === null) return gathered;
  const { facts } = gathered.value;
  const waivers = chooseWaivers(recorded, { repositoryId: facts.repository.id, number: facts.pullRequest.number });
  return waivers.ok ? { ok: true, value: { facts: { ...facts, waivers: waivers.value } }, notes: [] } : waivers;
}

async function gatherBranchFacts(
  { base, head }: { base: string; head: string },
  options: ReviewOptions,
  checks: ReadonlyMap<string, Check>,
  recorded: WaiversFile | null,
): Promise<Outcome<{ facts: Facts }>> {
  const opened = await openRepository(options.repository);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const [change, file] = await Promise.all([
    resolveChange(repository, base, head),
    readPullRequest(options.pullRequest),
  ]);
  if (!change.ok || !file.ok) return { ok: false, problems: [change, file].flatMap(problemsOf) };
  const reviewed = { repositoryId: null, number: file.value?.number ?? null };
  const waivers = recorded === null ? null : chooseWaivers(recorded, reviewed);
  if (waivers?.ok === false) return waivers;
  if (head === "HEAD" && (await repository.dirty())) {
    tell("The working tree has uncommitted changes. They are not reviewed: only what is committed is.");
  }
  const gathered = await reviewChange(repository, change.value, file.value, options, checks);
  if (!gathered.ok || waivers === null) return gathered;
  return { ok: true, value: { facts: { ...gathered.value.facts, waivers: waivers.value } }, notes: [] };
}

async function reviewChange(
  repository: LocalRepository,
  change: LocalChange,
  file: PullRequestFile | null,
  options: ReviewOptions,
  checks: ReadonlyMap<string, Check>,
): Promise<Outcome<{ facts: Facts }>> {
  const tip = repository.snapshot(change.base.sha);
  const base = repository.snapshot(change.mergeBase);
  const head = repository.snapshot(change.head.sha);
  const policy = await readPolicy(tip, change.base.ref, checks);
  if (!policy.ok) return policy;
  const cache = cacheFolder(options.cache, join(await repository.gitFolder(), "modelsync"));
  using interrupt = onInterrupt();
  const sides = { base, head, signal: interrupt.signal };
  const findAnchors = localAnchors(repository);
  const runModels: RunModels = (models) => reviewWithin(options, cache, { ...sides, models, slices: {} });
  const proposed = await readProposedPolicy(base, head, policy.value, checks, runModels, findAnchors);
  const facts = await gatherLocalFacts(repository, change, policy.value, file, new Date());

  const issues = facts.linkedIssues.known ? facts.linkedIssues.value : [];
  const slices = Object.fromEntries(policy.value.models.map(({ id }) => [id, requestedSlices(issues, id)]));
  await using merged = await temporaryFolder("modelsync-merge-");
  const merge = () => repository.merge(tip.commit, head.commit, merged.path);
  const movedBase = toMovedBase(change.base.ref, base, tip, merge);
  const models = await reviewWithin(options, cache, {
    ...sides,
    movedBase,
    models: policy.value.models,
    slices,
    findAnchors,
  });
  return {
    ok: true,
    value: { facts: { ...facts, policyChange: toPolicyChange(proposed, policy.value, models), models } },
    notes: [],
  };
}

async function readPullRequest(path?: string): Promise<Outcome<PullRequestFile | null>> {
  if (path === undefined) return { ok: true, value: null, notes: [] };
  if (/^[1-9]\d{0,8}$/.test(path)) return parsePullRequestFile(`number: ${path}`, path);
  const text = await readTextFile(path, maxPullRequestBytes);
  return text.ok ? parsePullRequestFile(text.value, path) : text;
}

function problemsOf(outcome: Outcome<unknown>) {
  return outcome.ok ? [] : outcome.problems;
}
