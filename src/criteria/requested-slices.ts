import type { Slice } from "../../pipeline/compare/comparison.ts";
import type { LinkedIssue } from "../facts/facts.ts";
import { parseAcceptanceCriteria } from "./acceptance-criteria.ts";
import { parseCriterion } from "./parse-criterion.ts";

/** A pull request could link fifty issues of fifty slices each; each costs a measurement. */
const maxSlices = 20;

/**
 * The slices that acceptance criteria of the linked issues ask for, each once, at most 20, so that the review measures
 * them. A criterion that names a model asks only for that model's slice.
 */
export function requestedSlices(issues: LinkedIssue[], model?: string): Slice[] {
  const slices = new Map<string, Slice>();
  for (const { issue } of issues) {
    for (const { text } of issue === null ? [] : parseAcceptanceCriteria(issue.body)) {
      const parsed = parseCriterion(text);
      if (parsed.kind !== "measurable" || parsed.criterion.kind !== "metric") continue;
      const { slice, model: named } = parsed.criterion;
      if (slice === null || (model !== undefined && named !== null && named !== model)) continue;
      if (slices.size < maxSlices) slices.set(JSON.stringify([slice.column, slice.value]), slice);
    }
  }
  return [...slices.values()];
}
