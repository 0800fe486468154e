import type { Finding } from "../verdict/check.ts";
import type { CheckOutcome, Verdict } from "../verdict/verdict.ts";
import type { WaivedFinding } from "../verdict/waiver.ts";
import type { Plain } from "./canonical-json.ts";

/** What is recorded of a verdict. */
export interface Judged {
  /** What was published. */
  conclusion: "success" | "failure";
  /** Of the check run: the verdict in one plain sentence. */
  title: string;
  /** Null: nothing could be judged, and the title says why. */
  verdict: Verdict | null;
  baseRef: string;
  /** Null where it is not known. */
  mergeBase: string | null;
  /** Object id of the policy that judged, or what stands for it; null where it is not known. */
  policy: string | null;
  engine: string;
}

/** A row is evidence, not a copy of the data: a column name of a megabyte must not fill the ledger. */
const maxText = 300;
/** By far more than a person looks at. How many were left out is said. */
const maxFindings = 100;

/** The data of a verdict's row: the same for the same verdict, so that one that says nothing new is known by it. */
export function verdictData(judged: Judged): Record<string, Plain> {
  const { conclusion, title, verdict, baseRef, mergeBase, policy, engine } = judged;
  return {
    ...{ conclusion, title, baseRef, mergeBase, policy, engine },
    verdict: verdict?.conclusion ?? null,
    checks: (verdict?.outcomes ?? []).map(toCheck),
    problems: (verdict?.problems ?? []).slice(0, maxFindings).map(({ code, where }) => ({
      code,
      path: cut(where.path),
      key: where.key === undefined ? null : cut(where.key),
    })),
  };
}

function toCheck({ id, level, result: { answer, findings }, waived }: CheckOutcome): Plain {
  const failing = answer === "fail" || answer === "cannot-tell" ? findings : [];
  const leftOut = failing.length - maxFindings;
  return {
    ...{ id, level, answer, findings: failing.slice(0, maxFindings).map(toFinding) },
    ...(leftOut > 0 ? { findingsLeftOut: leftOut } : {}),
    ...(waived === undefined ? {} : { waived: waived.slice(0, maxFindings).map(toWaived) }),
  };
}

function toFinding({ fingerprint, title, evidence }: Finding): Plain {
  const entries = Object.entries(evidence).map(([name, value]) => [cut(name), toPlain(value)] as const);
  return { fingerprint, title: cut(title), evidence: Object.fromEntries(entries) };
}

/** A check that is green because somebody said yes must not look like one that found nothing. */
function toWaived({ finding, state, was, now, waiver }: WaivedFinding): Plain {
  const { by, until, reason, comment } = waiver;
  return {
    ...{ finding: toFinding(finding), state, was: toPlain(was), now: toPlain(now) },
    ...{ by, until, reason: cut(reason), comment },
  };
}

/** A number that JSON can't hold is written out: what was measured is not left out of the evidence. */
function toPlain(value: Finding["evidence"][string]): Plain {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "string" ? cut(value) : value;
}

function cut(text: string): string {
  return text.length <= maxText ? text : `${text.slice(0, maxText - 1).toWellFormed()}…`;
}
