import type { Account, Actors, BranchRules, CheckRun, PullIssue, Repository, Review, Team } from "../model.ts";
import { latestRuns } from "../present/checks.ts";
import { rulesOf } from "../rulesets.ts";
import { atLeast, type State } from "../state.ts";
import { membersOf } from "../team-members.ts";
import { ownersOfPull } from "./code-owners.ts";

/** Everything that must hold on a branch: of its protection, and of each ruleset that covers it. */
export function rulesOn(repository: Repository, branch: string): BranchRules[] {
  const protection = repository.protections.get(branch);
  return [...(protection ? [protection] : []), ...rulesOf(repository, branch)];
}

/** The rules that bind somebody: those of a protection that exempts administrators don't bind these. */
export function rulesFor(state: State, account: Account, repository: Repository, branch: string): BranchRules[] {
  const isAdmin = state.roleOf(account, repository) === "admin";
  return rulesOn(repository, branch).filter(({ enforceAdmins }) => enforceAdmins || !isAdmin);
}

/** Whether somebody is named, by themselves, as an App or through a team. */
export function isAmong({ people, teams, apps }: Actors, account: Account): boolean {
  const inTeam = teams.some((team) => membersOf(team).has(account.id));
  return people.includes(account) || inTeam || apps.some(({ bot }) => bot === account);
}

/** What a push may not do: `closed` to any change, `forward` only, `kept` from deletion, `linear` without merges. */
export type PushRule = "closed" | "forward" | "kept" | "linear";

/** What binds somebody who pushes to a branch; empty when nothing does. */
export function pushRules(state: State, account: Account, repository: Repository, branch: string): Set<PushRule> {
  const found = rulesFor(state, account, repository, branch).flatMap((rules) => {
    const shut = rules.pushers !== null && !isAmong(rules.pushers, account);
    const named: Record<PushRule, boolean> = {
      closed: rules.locked || rules.checks !== null || rules.reviews !== null || shut,
      forward: !rules.forcePushes,
      kept: !rules.deletions,
      linear: rules.linear,
    };
    return (Object.keys(named) as PushRule[]).filter((name) => named[name]);
  });
  return new Set(found);
}

/** Why a branch refuses a merge, in GitHub's words; empty when nothing does. */
export async function ruleProblems(state: State, issue: PullIssue, rules: readonly BranchRules[]): Promise<string[]> {
  const reviews = rules.flatMap((one) => one.reviews ?? []);
  return [
    ...(rules.some(({ locked }) => locked) ? ["This branch is locked."] : []),
    ...checkProblems(issue, requiredChecks(rules)),
    ...reviewProblems(state, issue, rules),
    ...(reviews.some(({ codeOwners }) => codeOwners) ? await ownerProblems(state, issue) : []),
    ...(reviews.some(({ lastPush }) => lastPush) ? lastPushProblems(state, issue) : []),
  ];
}

export function isStrict({ checks, strict }: BranchRules): boolean {
  return checks !== null && strict;
}

type RequiredCheck = NonNullable<BranchRules["checks"]>[number];

/** The required checks of several rules, each once. */
export function requiredChecks(rules: readonly BranchRules[]): RequiredCheck[] {
  const all = rules.flatMap(({ checks }) => checks ?? []);
  return [...new Map(all.map((check) => [`${check.appId} ${check.context}`, check])).values()];
}

type CheckState = "expected" | "in progress" | "failing" | "passing";

/** GitHub counts these conclusions of a required check as passed. */
const passing = new Set(["success", "neutral", "skipped"]);

/** Whether a run has ended in a way that counts as passed. */
export function passes({ status, conclusion }: CheckRun): boolean {
  return status === "completed" && passing.has(conclusion ?? "");
}

/** The state of one required check on a commit: the newest run or status of that name, of that App when one is named. */
export function requiredCheckState(repository: Repository, sha: string, required: RequiredCheck): CheckState {
  const runs = latestRuns(repository.runs.filter((run) => run.headSha === sha && run.name === required.context));
  const states: CheckState[] = runs
    .filter((run) => required.appId === null || run.app.id === required.appId)
    .map((run) => {
      if (run.status !== "completed") return "in progress";
      return passes(run) ? "passing" : "failing";
    });
  const status = repository.statuses.findLast((one) => one.sha === sha && one.context === required.context);
  if (status && (required.appId === null || status.app?.id === required.appId)) {
    const names = { success: "passing", pending: "in progress", failure: "failing", error: "failing" } as const;
    states.push(names[status.state]);
  }
  const order: CheckState[] = ["failing", "in progress", "passing"];
  return order.find((name) => states.includes(name)) ?? "expected";
}

function checkProblems(issue: PullIssue, required: readonly RequiredCheck[]): string[] {
  const states = required.map((check) => requiredCheckState(issue.repository, issue.pull.head.sha, check));
  const open = states.filter((state) => state !== "passing");
  if (open.length === 0) return [];
  if (open.length === 1) {
    const context = required[states.findIndex((state) => state !== "passing")]?.context;
    return [`Required status check "${context}" is ${open[0]}.`];
  }
  const parts = (["expected", "in progress", "failing"] as const)
    .map((name) => ({ name, count: open.filter((state) => state === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`);
  return [`${open.length} of ${required.length} required status checks have not succeeded: ${parts.join(" and ")}.`];
}

/** The last opinion of each reviewer with write access. */
function opinionsOf(state: State, issue: PullIssue): Review[] {
  const opinions = new Map<number, Review>();
  for (const review of issue.pull.reviews) {
    const { author } = review;
    if (!author || author === issue.author || review.state === "COMMENTED" || review.state === "PENDING") continue;
    if (atLeast(state.roleOf(author, issue.repository), "write")) opinions.set(author.id, review);
  }
  return [...opinions.values()];
}

/** Where the reviews of a pull request stand; null where none are required. */
export async function reviewDecision(
  state: State,
  issue: PullIssue,
): Promise<"APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED" | null> {
  const rules = rulesOn(issue.repository, issue.pull.base.ref);
  if (!rules.some(({ reviews }) => reviews)) return null;
  if (opinionsOf(state, issue).some((review) => review.state === "CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  const others = rules.map((one) => ({ ...one, locked: false, checks: null }));
  return (await ruleProblems(state, issue, others)).length === 0 ? "APPROVED" : "REVIEW_REQUIRED";
}

function reviewProblems(state: State, issue: PullIssue, rules: readonly BranchRules[]): string[] {
  const reviews = rules.flatMap((one) => one.reviews ?? []);
  if (reviews.length === 0) return [];
  const opinions = opinionsOf(state, issue);
  if (opinions.some((review) => review.state === "CHANGES_REQUESTED")) return ["Changes have been requested."];
  const count = Math.max(...reviews.map((one) => one.count));
  if (opinions.filter((review) => review.state === "APPROVED").length >= count) return [];
  const noun = count === 1 ? "review is" : "reviews are";
  return [`At least ${count} approving ${noun} required by reviewers with write access.`];
}

/** Each changed path with owners wants the approval of one of them. */
async function ownerProblems(state: State, issue: PullIssue): Promise<string[]> {
  const approvers = opinionsOf(state, issue).flatMap((one) => (one.state === "APPROVED" && one.author) || []);
  const covers = (owner: Account | Team) =>
    approvers.some((author) => ("slug" in owner ? membersOf(owner).has(author.id) : owner === author));
  const open = (await ownersOfPull(state, issue)).filter((owners) => !owners.some(covers));
  const names = new Set(
    open.flat().map((owner) => ("slug" in owner ? `${owner.organization.login}/${owner.slug}` : owner.login)),
  );
  return names.size === 0 ? [] : [`Waiting on code owner review from ${[...names].join(" and/or ")}.`];
}

/** The newest commit wants the approval of somebody other than who pushed it. */
function lastPushProblems(state: State, issue: PullIssue): string[] {
  const { head, lastPusher } = issue.pull;
  const approved = opinionsOf(state, issue).some(
    ({ author, state: opinion, commit }) => opinion === "APPROVED" && commit === head.sha && author !== lastPusher,
  );
  const login = lastPusher.login;
  return approved
    ? []
    : [`New changes require approval from someone other than ${login} because they were the last pusher.`];
}
