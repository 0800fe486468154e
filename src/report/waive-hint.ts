import type { Facts } from "../facts/facts.ts";
import { isWaivable } from "../verdict/is-waivable.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { renderTemplate } from "./templates.ts";

/** How what blocks could be accepted, for a pull request at GitHub; null: nothing that blocks can be. */
export function waiveHint({ outcomes }: Verdict, { door, policy }: Facts): string | null {
  if (door !== "github") return null;
  const waivable = outcomes.filter(
    ({ id, level, result }) =>
      level === "block" &&
      policy.checks[id]?.waivable !== false &&
      result.findings.some((finding) => isWaivable(finding, result.answer)),
  );
  if (waivable.length === 0) return null;
  return renderTemplate("comment/waive-hint", {
    command: `/modelsync waive ${waivable[0]!.id} reason: …`,
    writers: policy.waivers.by.includes("writers"),
    others: policy.waivers.neverAuthor,
    ticks: policy.waivers.byTick,
  });
}
