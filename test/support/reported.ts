import type { Facts } from "../../src/facts/facts.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import { aFacts } from "./facts.ts";

/** The comment is compared whole, so a check that is added elsewhere must not change it. */
const shownChecks = new Set([
  "acceptance-criteria",
  "data-drift",
  "data-schema",
  "issue-labels",
  "linked-issue",
  "metric-regression",
  "metric-threshold",
  "pr-checklist",
]);
export const checks = new Map([...(await loadChecks())].filter(([id]) => shownChecks.has(id)));

/** What is published about these facts. */
export function report(different: Partial<Facts> = {}) {
  const facts = aFacts(different);
  return renderReport(judge(checks, facts), facts);
}

/** What is seen of the comment before anything is unfolded. */
export function visible(different: Partial<Facts> = {}): string {
  const { comment } = report(different);
  return comment.slice(0, comment.indexOf("<details>")).trimEnd();
}
