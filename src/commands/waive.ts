import { describeEntitled, describeGaps } from "../entitlement/describe-entitled.ts";
import { isEntitled } from "../entitlement/is-entitled.ts";
import { whyNotWaive } from "../entitlement/may-waive.ts";
import type { Policy } from "../policy/policy.ts";
import { isNoWorse, type Waiver } from "../verdict/waiver.ts";
import type { Command } from "./command.ts";
import { type Conversation, type Result, refused, type SeenFinding } from "./conversation.ts";
import { findTarget } from "./find-target.ts";

/**
 * Accepts what the newest verdict found, as bad as it is there. What nobody could have seen when the comment was written is not
 * accepted by it.
 */
export function waive(command: Extract<Command, { name: "waive" }>, conversation: Conversation): Result {
  const { person, standing, checks, seen, comment, now } = conversation;
  const policy = judgingPolicy(conversation);
  if (typeof policy === "string") return refused(policy);
  if (command.ticked === true && !policy.waivers.byTick) {
    return refused(
      "The policy wants a reason (`by_tick: false`). Write it in a comment: `/modelsync waive CHECK reason: …`",
    );
  }
  const target = findTarget(command.target, checks, seen?.findings ?? []);
  if (typeof target === "string") return refused(target);
  const { check, fingerprint } = target;
  if (policy.checks[check]?.waivable === false) {
    return refused(`The policy lets nobody waive what \`${check}\` finds (\`waivable: false\`).`);
  }
  if (seen === null) return refused("There is no verdict to waive yet. Write this again when it is there.");
  const commit = `\`${seen.headSha.slice(0, 7)}\``;
  if (Math.floor(seen.since.getTime() / 1000) > Math.floor(Date.parse(comment.createdAt) / 1000)) {
    return refused(
      `What the checks find on ${commit} was published after this comment. Look at it, then write this again.`,
    );
  }
  const found = seen.findings.filter((one) => one.check === check && [null, one.fingerprint].includes(fingerprint));
  if (found.length === 0) {
    return refused(
      `\`${check}\` found nothing on ${commit} that could be waived.`,
      "What a check can't tell is not waived: nobody knows what that would accept.",
    );
  }
  const objection = whyNotWaive(
    policy.waivers,
    person,
    standing,
    found.map((finding) => ({ fingerprint: finding.fingerprint, paths: finding.paths ?? [] })),
  );
  if (objection !== null) return refused(...objection);
  const earlier = found.map((finding) => standingWaiver(finding, conversation));
  if (earlier.every((one) => one !== undefined)) {
    return refused(`That is waived already, by ${earlier[0]!.by} until ${earlier[0]!.until}.`);
  }
  const until = lastDay(command.until, policy.waivers.maxDays, now);
  if ("refusal" in until) return refused(until.refusal);
  const waiver: Waiver = {
    check,
    findings: found.map(({ check: _, paths: __, numbers: ___, remedy: ____, ...finding }) => finding),
    reason: command.reason,
    by: person.login,
    given: now,
    until: until.day,
    headSha: seen.headSha,
    baseRef: conversation.baseRef,
    comment: comment.id,
    withdrawnBy: null,
  };
  return { kind: "waived", waiver };
}

/** Takes a waiver back. That makes the gate stricter, so the author may as well, when entitled by the policy. */
export function unwaive(command: Extract<Command, { name: "unwaive" }>, conversation: Conversation): Result {
  const { person, standing, checks, seen, waivers } = conversation;
  const policy = judgingPolicy(conversation);
  if (typeof policy === "string") return refused(policy);
  const open = waivers.filter(({ withdrawnBy }) => withdrawnBy === null);
  const named = open.flatMap(({ check, findings }) => findings.map(({ fingerprint }) => ({ check, fingerprint })));
  const target = findTarget(command.target, checks, named);
  if (typeof target === "string") return refused(target);
  const { check, fingerprint } = target;
  const meant = open.filter(
    (waiver) => waiver.check === check && waiver.findings.some((one) => [null, one.fingerprint].includes(fingerprint)),
  );
  if (meant.length === 0) return refused(`Nothing that \`${check}\` found is waived.`);
  const { by: groups } = policy.waivers;
  const pathsOf = ({ findings }: Waiver) =>
    findings.map((one) => seen?.findings.find((found) => found.fingerprint === one.fingerprint)?.paths ?? []);
  const others = meant.filter(
    (waiver) =>
      waiver.by !== person.login && !pathsOf(waiver).every((paths) => isEntitled(groups, person, standing, paths)),
  );
  if (others.length > 0) {
    const who = describeEntitled(groups, standing, [...new Set(others.flatMap((one) => pathsOf(one).flat()))]);
    const gaps = describeGaps(groups, standing, null);
    return refused(`Only ${who === null ? "" : `${who}, or `}who gave a waiver takes it back.`, ...gaps);
  }
  return { kind: "withdrawn", check, fingerprint };
}

function judgingPolicy({ policy, baseRef }: Conversation): Policy | string {
  if (policy?.ok) return policy.value;
  const branch = `\`${baseRef.replaceAll("`", "")}\``;
  return policy === null
    ? `The branch ${branch} has no policy, so there is nothing to waive.`
    : `The policy of ${branch} has mistakes. They can't be waived; repair it in a pull request of its own.`;
}

/** The waiver that holds for a finding now. */
export function standingWaiver(
  finding: SeenFinding,
  { waivers, now, ...here }: Pick<Conversation, "waivers" | "now" | "baseRef">,
): Waiver | undefined {
  return waivers.find(
    ({ check, findings, withdrawnBy, until, baseRef }) =>
      check === finding.check &&
      baseRef === here.baseRef &&
      withdrawnBy === null &&
      now.slice(0, 10) <= until &&
      findings.some((accepted) => accepted.fingerprint === finding.fingerprint && isNoWorse(accepted, finding)),
  );
}

function lastDay(wanted: string | null, maxDays: number, now: string): { day: string } | { refusal: string } {
  const today = now.slice(0, 10);
  const last = new Date(Date.parse(today) + maxDays * 86_400_000).toISOString().slice(0, 10);
  if (wanted === null) return { day: last };
  if (wanted < today) return { refusal: `${wanted} is over. Write a later day, or none.` };
  if (wanted > last) return { refusal: `A waiver holds for ${maxDays} days at most: until ${last}.` };
  return { day: wanted };
}
