import { otherRows } from "../../pipeline/match/row-set.ts";
import type { Facts } from "../facts/facts.ts";
import type { Check } from "./check.ts";
import type { BadnessRule, Finding } from "./finding.ts";
import { isWaivable } from "./is-waivable.ts";
import type { CheckOutcome } from "./verdict.ts";
import {
  type AcceptedFinding,
  acceptFinding,
  isComparable,
  isNoWorse,
  type WaivedFinding,
  type Waiver,
} from "./waiver.ts";

interface Judged extends Pick<Facts, "waivers" | "policy" | "door" | "now"> {
  pullRequest: { base: { ref: string } };
}

/**
 * The outcomes after waivers. A finding that one holds for no longer counts; a check of which nothing else is left passes, or
 * can't tell where it could not decide on the rest. Only what `isWaivable` names is lifted.
 *
 * A waiver holds for the findings that it names and the base branch that it was given for, until its last day, while they are no
 * worse than when it was given.
 */
export function applyWaivers(
  outcomes: CheckOutcome[],
  { waivers = [], policy, door, pullRequest, now }: Judged,
  checks: ReadonlyMap<string, Check>,
): CheckOutcome[] {
  if (waivers.length === 0) return outcomes;
  return outcomes.map((outcome) => {
    const given = waivers.filter(({ check }) => check === outcome.id);
    if (given.length === 0 || !outcome.result.findings.some((one) => isWaivable(one, outcome.result.answer)))
      return outcome;
    const allowed = policy.checks[outcome.id]?.waivable !== false;
    // Nobody knows into which branch of GitHub a branch of this machine goes.
    const baseRef = door === "github" ? pullRequest.base.ref : null;
    const judge = (finding: Finding) =>
      judgeFinding(finding, given, { rule: checks.get(outcome.id)?.badness, allowed, baseRef, now });
    return applyTo(outcome, judge);
  });
}

function applyTo(outcome: CheckOutcome, judge: (finding: Finding) => WaivedFinding | null): CheckOutcome {
  const waived: WaivedFinding[] = [];
  const left: Finding[] = [];
  for (const finding of outcome.result.findings) {
    const one = isWaivable(finding, outcome.result.answer) ? judge(finding) : null;
    if (one !== null) waived.push(one);
    if (one?.state !== "holds") left.push(finding);
  }
  if (waived.length === 0) return outcome;
  const lifted = outcome.result.findings.length - left.length;
  if (lifted === 0) return { ...outcome, waived };
  const { summary } = outcome.result;
  if (left.length === 0) {
    return { ...outcome, result: { answer: "pass", summary: `${summary} (waived)`, findings: [] }, waived };
  }
  const unclear = outcome.result.answer === "cannot-tell" || left.every((one) => one.unclear === true);
  const answer = unclear ? "cannot-tell" : "fail";
  return { ...outcome, result: { answer, summary: `${summary}, ${lifted} waived`, findings: left }, waived };
}

interface Terms {
  rule: BadnessRule | undefined;
  allowed: boolean;
  /** Null: any. */
  baseRef: string | null;
  now: string;
}

/** By the newest waiver that holds; when none does, the newest says why. Null: none names the finding. */
function judgeFinding(finding: Finding, waivers: readonly Waiver[], terms: Terms): WaivedFinding | null {
  const present = acceptFinding(finding, terms.rule);
  const judged = waivers
    .toSorted((a, b) => (a.given < b.given ? 1 : -1))
    .flatMap(({ findings, check: _, ...waiver }): WaivedFinding[] => {
      const accepted = findings.find(({ fingerprint }) => fingerprint === finding.fingerprint);
      if (accepted === undefined) return [];
      const state = stateOf(waiver, accepted, present, terms);
      const numbers = isComparable(accepted.badness, present.badness);
      const was = numbers ? accepted.badness!.value : null;
      const rows = rowsOf(accepted, present);
      return [{ finding, state, was, now: numbers ? present.badness!.value : null, ...rows, waiver }];
    });
  return judged.find(({ state }) => state === "holds") ?? judged[0] ?? null;
}

function rowsOf({ rows: known }: AcceptedFinding, { rows: now }: AcceptedFinding): Pick<WaivedFinding, "rows"> {
  if (known === undefined || now === undefined) return {};
  return { rows: { accepted: known.count, now: now.count, others: otherRows(now, known) } };
}

function stateOf(
  { withdrawnBy, until, ...given }: Pick<Waiver, "withdrawnBy" | "until" | "baseRef">,
  accepted: AcceptedFinding,
  present: AcceptedFinding,
  { allowed, baseRef, now }: Terms,
): WaivedFinding["state"] {
  if (withdrawnBy !== null) return "withdrawn";
  if (baseRef !== null && given.baseRef !== baseRef) return "other-base";
  if (!allowed) return "not-allowed";
  if (now.slice(0, 10) > until) return "expired";
  if (isNoWorse(accepted, present)) return "holds";
  if (accepted.rows !== undefined && present.rows !== undefined) return "other-rows";
  return isComparable(accepted.badness, present.badness) ? "worse" : "changed";
}
