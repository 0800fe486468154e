import { createHash } from "node:crypto";
import { z } from "zod";
import { otherRows, rowSetSchema } from "../../pipeline/match/row-set.ts";
import { type Badness, type BadnessRule, type Finding, findingSchema } from "./finding.ts";

/** A finding as it was when somebody accepted it. */
const acceptedFindingSchema = z.object({
  fingerprint: z.string(),
  title: z.string(),
  /** Null: it is no number. */
  badness: z.object({ value: z.number(), unit: z.string() }).nullable(),
  /** Digest of its evidence. */
  evidence: z.string(),
  /** The rows that were accepted, where it is about rows. */
  rows: rowSetSchema.exactOptional(),
});
export type AcceptedFinding = z.infer<typeof acceptedFindingSchema>;

/** What somebody who was entitled to accepted on a pull request, and why. */
export const waiverSchema = z
  .object({
    check: z.string(),
    findings: z.array(acceptedFindingSchema),
    /** As it was written: escape it. */
    reason: z.string(),
    /** Login. */
    by: z.string(),
    given: z.iso.datetime(),
    /** The last day on which it holds, UTC. */
    until: z.iso.date(),
    /** The commit whose findings were accepted. */
    headSha: z.string(),
    /** The base branch whose policy said who may. It holds for no other: whoever opened a pull request may change its base. */
    baseRef: z.string(),
    /** Number of the comment at GitHub. */
    comment: z.number(),
    /** Who took it back; null: nobody. */
    withdrawnBy: z.string().nullable(),
  })
  .meta({ id: "Waiver" });
export type Waiver = z.infer<typeof waiverSchema>;

/** What a waiver means for a finding that it names. Only `holds` lifts it. */
export const waiverStateSchema = z.enum([
  "holds",
  "worse",
  "changed",
  "other-rows",
  "expired",
  "withdrawn",
  "other-base",
  "not-allowed",
]);

/** A finding that a waiver names. */
export const waivedFindingSchema = z
  .object({
    finding: findingSchema,
    state: waiverStateSchema,
    /** How bad it was and is, where that is a number. */
    was: z.number().nullable(),
    now: z.number().nullable(),
    /** How many rows were accepted, and how many there are now that were not (null: it can't be told); absent when it is about none. */
    rows: z.object({ accepted: z.int(), now: z.int(), others: z.int().nullable() }).exactOptional(),
    waiver: waiverSchema.omit({ findings: true, check: true }),
  })
  .meta({ id: "WaivedFinding" });
export type WaivedFinding = z.infer<typeof waivedFindingSchema>;

/** What a waiver keeps of a finding. */
export function acceptFinding(finding: Finding, rule: BadnessRule | undefined): AcceptedFinding {
  return {
    fingerprint: finding.fingerprint,
    title: finding.title,
    badness: rule?.of(finding) ?? null,
    evidence: digestEvidence(finding),
    ...(finding.rows === undefined ? {} : { rows: finding.rows }),
  };
}

/**
 * The same without the names of rows, where there are more than so many: then it holds for exactly these rows, and not for
 * some of them.
 */
export function withoutRowNames(finding: AcceptedFinding, most: number): AcceptedFinding {
  const { rows } = finding;
  return rows === undefined || rows.count <= most ? finding : { ...finding, rows: { ...rows, names: null } };
}

function digestEvidence({ evidence }: Finding): string {
  const fields = Object.entries(evidence).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex").slice(0, 16);
}

/** The same numbers may differ in their last places after another order of summing. */
const rounding = 1e-9;

/**
 * Whether a finding got no worse than the accepted one. About rows: it has no other ones, however many there are beside them.
 * Else not larger where badness is a number, and the same evidence where it is none.
 */
export function isNoWorse(accepted: AcceptedFinding, now: AcceptedFinding): boolean {
  if (accepted.rows !== undefined && now.rows !== undefined) return otherRows(now.rows, accepted.rows) === 0;
  if (!isComparable(accepted.badness, now.badness)) return accepted.evidence === now.evidence;
  const [was, is] = [accepted.badness!.value, now.badness!.value];
  return is <= was + rounding * Math.max(1, Math.abs(was));
}

export function isComparable(one: Badness | null, other: Badness | null): boolean {
  return one !== null && other !== null && one.unit === other.unit;
}
