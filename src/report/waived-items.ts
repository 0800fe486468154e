import { formatCount } from "../../pipeline/words.ts";
import type { CheckOutcome } from "../verdict/verdict.ts";
import type { WaivedFinding } from "../verdict/waiver.ts";
import { countOf } from "../words/count-of.ts";
import { renderTemplate } from "./templates.ts";
import { drawBox } from "./waive-boxes.ts";

const shownFindings = 5;

/**
 * One item per waiver of a check and what became of it: who accepted what, why, and until when, or why it no longer holds.
 *
 * @param headSha what boxes are bound to that take a waiver back; null: there are none
 */
export function waivedItems({ title, waived = [] }: CheckOutcome, headSha: string | null = null): string[] {
  const groups = Map.groupBy(waived, ({ state, waiver }) => JSON.stringify([state, waiver.comment, waiver.given]));
  return [...groups.values()].map((group) => {
    const { state, waiver } = group[0]!;
    const item = renderTemplate("comment/waived", {
      title,
      ...waiver,
      day: waiver.given.slice(0, 10),
      days: daysBetween(waiver.given.slice(0, 10), waiver.until),
      holds: state === "holds",
      why: whyNot[state](waiver.withdrawnBy ?? ""),
      findings: group
        .slice(0, shownFindings)
        .map(({ finding, was, now, rows }) => ({ title: finding.title, was, now, rows: rows && describeRows(rows) })),
      worse: state === "worse",
      more: Math.max(0, group.length - shownFindings),
    });
    if (state !== "holds" || headSha === null) return item;
    const fingerprints = [...new Set(group.map(({ finding }) => finding.fingerprint))];
    return item.replace(/^- \[x\]/, () => `- ${drawBox({ does: "unwaive", fingerprints, headSha })}`);
  });
}

const whyNot: Record<WaivedFinding["state"], (by: string) => string> = {
  holds: () => "",
  worse: () => "it got worse",
  changed: () => "what was found is not the same any more",
  "other-rows": () => "it is about other rows now",
  expired: () => "its time is over",
  withdrawn: (by) => `${by} took it back`,
  "not-allowed": () => "the policy no longer lets anybody waive this check",
};

/** `3 rows accepted; 2 others now`. */
function describeRows({ accepted, now, others }: NonNullable<WaivedFinding["rows"]>): string {
  const known = `${countOf(accepted, "row")} accepted`;
  if (others === 0) return now === accepted ? known : `${known}; ${formatCount(now)} of them now`;
  if (others === null) return `${known}; now ${countOf(now, "row")}, not the same`;
  return `${known}; ${others === 1 ? "1 other" : `${formatCount(others)} others`} now`;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
