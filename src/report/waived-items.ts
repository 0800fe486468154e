import type { CheckOutcome } from "../verdict/verdict.ts";
import { groupWaived } from "../words/waived-findings.ts";
import { renderTemplate } from "./templates.ts";
import { drawBox } from "./waive-boxes.ts";

/**
 * One item per waiver of a check and what became of it: who accepted what, why, and until when, or why it no longer holds.
 *
 * @param headSha what boxes are bound to that take a waiver back; null: there are none
 */
export function waivedItems({ title, waived = [] }: CheckOutcome, headSha: string | null = null): string[] {
  return groupWaived(waived).map(({ waiver, fingerprints, ...group }) => {
    const day = waiver.given.slice(0, 10);
    const about = { title, ...waiver, day, days: daysBetween(day, waiver.until) };
    const item = renderTemplate("comment/waived", { ...about, ...group });
    if (!group.holds || headSha === null) return item;
    return item.replace(/^- \[x\]/, () => `- ${drawBox({ does: "unwaive", fingerprints, headSha })}`);
  });
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
