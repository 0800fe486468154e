import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { PolicyChange } from "../facts/facts.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { diffPolicy } from "../policy/diff-policy.ts";
import { parsePolicy, policyPath } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { Check } from "../verdict/check.ts";

/** The same limit as for the text of the base's policy. */
const maxPolicyBytes = 64 * 1024;

/** The policy that judges, and what the change would make of it. */
export interface Policies {
  /** From the tip of the base branch; null when it has none. */
  judging: Outcome<Policy> | null;
  /** From the head, when it has one. */
  proposed: Outcome<Policy> | null;
  /** Whether the change touches the file at all. */
  touched: boolean;
}

export async function readPolicies(
  seen: FetchedPullRequest,
  base: Snapshot,
  head: Snapshot,
  checks: ReadonlyMap<string, Check>,
): Promise<Policies> {
  const judging = seen.policy && parseText(seen.policy.text, checks);
  const [before, after] = await Promise.all([base.entry(policyPath), head.entry(policyPath)]);
  const touched = before?.sha !== after?.sha || before?.kind !== after?.kind;
  if (after === null || (!touched && judging !== null)) return { judging, proposed: null, touched };
  if (after.kind !== "file") return { judging, proposed: failed(notAFile(after.kind)), touched };
  if ((after.size ?? 0) > maxPolicyBytes) return { judging, proposed: failed(unreadable), touched };
  const text = Buffer.from(await head.read(after, maxPolicyBytes)).toString("utf8");
  return { judging, proposed: parsePolicy(text, policyPath, checks, seen.repository.owner), touched };
}

/** The change of the policy as a fact, once there is a policy that judges. */
export function toPolicyChange({ proposed, touched }: Policies, judging: Policy): PolicyChange {
  if (!touched) return { state: "unchanged" };
  if (proposed === null) return { state: "removed" };
  if (!proposed.ok) return { state: "invalid", problems: proposed.problems };
  return { state: "changed", preview: diffPolicy(judging, proposed.value) };
}

function parseText(text: string | null, checks: ReadonlyMap<string, Check>): Outcome<Policy> {
  return text === null ? failed(unreadable) : parsePolicy(text, policyPath, checks);
}

function failed(problem: Problem): Outcome<Policy> {
  return { ok: false, problems: [problem] };
}

const unreadable: Problem = {
  code: "unreadable-policy",
  where: { path: policyPath },
  message: "The policy is not a text file of a readable size.",
  allowed: "UTF-8 text of at most 64 KB",
  remedy: "Write the policy as a plain YAML file.",
};

function notAFile(kind: string): Problem {
  return {
    code: "policy-not-a-file",
    where: { path: policyPath },
    message: `The policy is a ${kind}, not a file.`,
    allowed: "a regular file",
    remedy: "Replace it with a plain YAML file.",
  };
}
