import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { parsePolicy, policyPath } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { ProposedPolicy } from "../policy/to-policy-change.ts";
import { type RunModels, tryPolicy } from "../prepare/try-policy.ts";
import type { Check } from "../verdict/check.ts";

/** The same limit as for the text of the base's policy. */
const maxPolicyBytes = 64 * 1024;

/** The policy that judges, and what the change would make of it. */
export interface Policies extends ProposedPolicy {
  /** From the tip of the base branch; null when it has none. */
  judging: Outcome<Policy> | null;
}

export async function readPolicies(
  seen: FetchedPullRequest,
  base: Snapshot,
  head: Snapshot,
  checks: ReadonlyMap<string, Check>,
  runModels: RunModels,
): Promise<Policies> {
  const judging = seen.policy && parseText(seen.policy.text, checks);
  const [before, after] = await Promise.all([base.entry(policyPath), head.entry(policyPath)]);
  const touched = before?.sha !== after?.sha || before?.kind !== after?.kind;
  if (after === null || (!touched && judging !== null)) return { judging, proposed: null, touched };
  if (after.kind !== "file") return { judging, proposed: failed(notAFile(after.kind)), touched };
  if ((after.size ?? 0) > maxPolicyBytes) return { judging, proposed: failed(unreadable), touched };
  const text = Buffer.from(await head.read(after, maxPolicyBytes)).toString("utf8");
  const proposed = parsePolicy(text, policyPath, checks, seen.repository.owner);
  const tried = await tryPolicy(proposed, head, judging?.ok ? judging.value : null, runModels);
  return { judging, proposed: tried, touched };
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
