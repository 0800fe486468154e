import type { Outcome } from "../../pipeline/problem.ts";
import type { Person } from "../entitlement/role.ts";
import type { Standing } from "../entitlement/standing.ts";
import type { Policy } from "../policy/policy.ts";
import type { Check } from "../verdict/check.ts";
import type { AcceptedFinding, Waiver } from "../verdict/waiver.ts";

/** A finding of the newest verdict that a waiver could name. */
export interface SeenFinding extends AcceptedFinding {
  check: string;
  /** Files that it is about, for CODEOWNERS. Absent: an older version wrote it, or it is about none. */
  paths?: string[];
  /** What was measured, by name. Absent: an older version wrote it, or it has no numbers. */
  numbers?: Record<string, number>;
  /** Absent: an older version wrote it. */
  remedy?: string;
}

/** Everything that is known where a command is given: plain data but for the checks. */
export interface Conversation {
  person: Person;
  standing: Standing;
  /** The base's policy; null: there is none. */
  policy: Outcome<Policy> | null;
  baseRef: string;
  checks: ReadonlyMap<string, Pick<Check, "id" | "title" | "docs">>;
  /** What the newest verdict found; null: there is none. */
  seen: { findings: readonly SeenFinding[]; headSha: string; since: Date } | null;
  waivers: readonly Waiver[];
  comment: { id: number; createdAt: string };
  /** ISO time. */
  now: string;
}

/** What a command leads to. Sentences have code between backticks. */
export type Result =
  | { kind: "refused"; says: string[] }
  | { kind: "told"; says: string[] }
  | { kind: "rerun" }
  | { kind: "waived"; waiver: Waiver }
  | { kind: "withdrawn"; check: string; fingerprint: string | null };

export function refused(...says: string[]): Result {
  return { kind: "refused", says };
}
