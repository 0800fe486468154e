import type { Facts } from "../facts/facts.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { renderCheckRun } from "./render-check-run.ts";
import { renderComment, renderParts } from "./render-comment.ts";
import type { Report } from "./report.ts";

/**
 * The report of a review. The same verdict and facts give the same bytes: no time, duration or random id is in it, so
 * that nothing is written when nothing changed.
 */
export function renderReport(verdict: Verdict, facts: Facts): Report {
  const parts = renderParts(verdict, facts);
  return { comment: renderComment(parts, facts), checkRun: renderCheckRun(parts, verdict, facts) };
}
