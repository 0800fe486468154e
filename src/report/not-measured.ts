import type { CheckOutcome } from "../verdict/verdict.ts";

const toldAbove = ["unmeasured-change", "policy-change"];

/**
 * Whether the first lines say all that an outcome has to say: changed files that no model reads, and what an edit of the policy
 * changes, where that is a warning.
 */
export function isToldAbove({ id, level, result }: CheckOutcome): boolean {
  return toldAbove.includes(id) && level === "warn" && result.answer === "fail";
}

/** The changed files that no model reads, those first that can do the most, and how many there are. */
export function notMeasured(outcomes: CheckOutcome[]): { names: string[]; count: number } {
  const outcome = outcomes.find(({ id }) => id === "unmeasured-change");
  const findings = outcome?.result.answer === "fail" ? outcome.result.findings : [];
  const certain = findings.filter(({ unclear }) => unclear !== true);
  const names = certain.flatMap(({ path }) => path ?? []);
  const further = certain.reduce((sum, { evidence }) => sum + Number(evidence.files ?? 0), 0);
  return { names, count: names.length + further };
}
