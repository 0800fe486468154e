import { formatCount } from "../../pipeline/words.ts";
import type { WaivedFinding } from "../verdict/waiver.ts";
import { countOf } from "./count-of.ts";

/** What one waiver accepted of a check and what became of it: plain data, nothing escaped. */
export interface WaivedGroup {
  waiver: WaivedFinding["waiver"];
  holds: boolean;
  worse: boolean;
  /** Why it holds no longer; empty while it does. */
  why: string;
  findings: {
    title: string;
    was: number | null;
    now: number | null;
    /** Which rows it is about, in words; undefined: it is about none. */
    rows: string | undefined;
  }[];
  /** Findings beyond those. */
  more: number;
  /** Of all of them. */
  fingerprints: string[];
}

const shownFindings = 5;

export function groupWaived(waived: readonly WaivedFinding[]): WaivedGroup[] {
  const groups = Map.groupBy(waived, ({ state, waiver }) => JSON.stringify([state, waiver.comment, waiver.given]));
  return [...groups.values()].map((group) => {
    const { state, waiver } = group[0]!;
    return {
      waiver,
      holds: state === "holds",
      worse: state === "worse",
      why: whyNot[state](waiver.withdrawnBy ?? ""),
      findings: group
        .slice(0, shownFindings)
        .map(({ finding, was, now, rows }) => ({ title: finding.title, was, now, rows: rows && describeRows(rows) })),
      more: Math.max(0, group.length - shownFindings),
      fingerprints: [...new Set(group.map(({ finding }) => finding.fingerprint))],
    };
  });
}

const whyNot: Record<WaivedFinding["state"], (by: string) => string> = {
  holds: () => "",
  worse: () => "it got worse",
  changed: () => "what was found is not the same any more",
  "other-rows": () => "it is about other rows now",
  expired: () => "its time is over",
  withdrawn: (by) => `${by} took it back`,
  "other-base": () => "it was given for another base branch, where another policy may apply",
  "not-allowed": () => "the policy no longer lets anybody waive this check",
};

/** `3 rows accepted; 2 others now`. */
function describeRows({ accepted, now, others }: NonNullable<WaivedFinding["rows"]>): string {
  const known = `${countOf(accepted, "row")} accepted`;
  if (others === 0) return now === accepted ? known : `${known}; ${formatCount(now)} of them now`;
  if (others === null) return `${known}; now ${countOf(now, "row")}, not the same`;
  return `${known}; ${others === 1 ? "1 other" : `${formatCount(others)} others`} now`;
}
