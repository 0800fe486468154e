import type { CheckOutcome } from "../verdict/verdict.ts";
import type { WaivedFinding } from "../verdict/waiver.ts";
import { renderTemplate } from "./templates.ts";

const shownFindings = 5;

/** One item per waiver of a check and what became of it: who accepted what, why, and until when, or why it no longer holds. */
export function waivedItems({ title, waived = [] }: CheckOutcome): string[] {
  const groups = Map.groupBy(waived, ({ state, waiver }) => JSON.stringify([state, waiver.comment, waiver.given]));
  return [...groups.values()].map((group) => {
    const { state, waiver } = group[0]!;
    return renderTemplate("comment/waived", {
      title,
      ...waiver,
      day: waiver.given.slice(0, 10),
      days: daysBetween(waiver.given.slice(0, 10), waiver.until),
      holds: state === "holds",
      why: whyNot[state](waiver.withdrawnBy ?? ""),
      findings: group.slice(0, shownFindings).map(({ finding, was, now }) => ({ title: finding.title, was, now })),
      worse: state === "worse",
      more: Math.max(0, group.length - shownFindings),
    });
  });
}

const whyNot: Record<WaivedFinding["state"], (by: string) => string> = {
  holds: () => "",
  worse: () => "it got worse",
  changed: () => "what was found is not the same any more",
  expired: () => "its time is over",
  withdrawn: (by) => `${by} took it back`,
  "not-allowed": () => "the policy no longer lets anybody waive this check",
};

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
