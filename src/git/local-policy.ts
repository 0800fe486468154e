import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { parsePolicy, policyPath, smallestPolicy } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { KnownChecks } from "../policy/policy-schema.ts";
import type { ProposedPolicy } from "../policy/to-policy-change.ts";
import type { FindAnchors } from "../prepare/prepare-anchors.ts";
import { type RunModels, tryPolicy } from "../prepare/try-policy.ts";

/** Read at most this much; the parser refuses anything over 64 KiB with its own words. */
const maxBytes = 1024 * 1024;

/** The policy of one revision, or every problem with it. `where` names the revision in the problem, for example `main`. */
export async function readPolicy(snapshot: Snapshot, where: string, checks: KnownChecks): Promise<Outcome<Policy>> {
  const text = await readPolicyText(snapshot, where);
  return text.ok ? parsePolicy(text.value, policyPath, checks) : text;
}

/** The policy file of one revision, or why there is none. */
export async function readPolicyText(snapshot: Snapshot, where: string): Promise<Outcome<string>> {
  const entry = await snapshot.entry(policyPath);
  if (entry === null) return { ok: false, problems: [policyMissing(where)] };
  if (entry.kind !== "file" || (entry.size ?? 0) > maxBytes) return { ok: false, problems: [notAPolicy(entry.kind)] };
  return { ok: true, value: Buffer.from(await snapshot.read(entry, maxBytes)).toString("utf8"), notes: [] };
}

/** What the head makes of the policy file, tried on the head. */
export async function readProposedPolicy(
  base: Snapshot,
  head: Snapshot,
  judging: Policy,
  checks: KnownChecks,
  runModels: RunModels,
  findAnchors?: FindAnchors,
): Promise<ProposedPolicy> {
  const [before, after] = await Promise.all([base.entry(policyPath), head.entry(policyPath)]);
  if (before?.sha === after?.sha && before?.kind === after?.kind) return { proposed: null, touched: false };
  if (after === null) return { proposed: null, touched: true };
  const written = await readPolicy(head, head.commit, checks);
  return { proposed: await tryPolicy(written, head, judging, runModels, findAnchors), touched: true };
}

/** Without a policy on the base branch, called `where`, nothing can be reviewed. */
export function policyMissing(where: string): Problem {
  return {
    code: "policy-missing",
    where: { path: policyPath },
    message: `${where} has no policy, so there is nothing to review by.`,
    allowed: "a policy on the base branch, so that a change cannot set its own bar",
    remedy: `Commit ${policyPath} to ${where}. The smallest one is: ${smallestPolicy}.`,
  };
}

function notAPolicy(kind: string): Problem {
  return {
    code: "policy-not-a-file",
    where: { path: policyPath },
    message: kind === "file" ? "The policy file is far too large." : `The policy is a ${kind}, not a file.`,
    allowed: "an ordinary file of at most 64 KiB",
    remedy: "Replace it with an ordinary file.",
  };
}
