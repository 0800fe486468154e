import { expect, it } from "vitest";
import { waiveHint } from "../../src/report/waive-hint.ts";
import type { Finding } from "../../src/verdict/finding.ts";
import type { CheckOutcome, Verdict } from "../../src/verdict/verdict.ts";
import { aFacts, aPolicy } from "../support/facts.ts";

const finding: Finding = { check: "data-drift", fingerprint: "f", title: "age drifted", evidence: {}, remedy: "" };

function hint(result: Partial<CheckOutcome["result"]>, more: Partial<CheckOutcome> = {}, facts = aFacts()) {
  const whole: CheckOutcome["result"] = { answer: "fail", summary: "", findings: [finding], ...result };
  const outcome: CheckOutcome = {
    id: "data-drift",
    title: "Data drift",
    group: "data",
    level: "block",
    result: whole,
    ...more,
  };
  const verdict: Verdict = { conclusion: "fail", sentence: "", outcomes: [outcome], problems: [] };
  return waiveHint(verdict, facts);
}

const unwaivable = aPolicy({ checks: { "data-drift": { level: "block", options: {}, waivable: false } } });
const writers = aPolicy({ waivers: { by: ["writers"], neverAuthor: false, maxDays: 9, byTick: false } });

it("says who accepts it, and how", () => {
  expect(hint({})).toBe(
    "Wanted as it is? A maintainer of this repository who did not open this pull request accepts it by a tick at *waive*, or with a reason by the comment `/modelsync waive data-drift reason: …`, until it gets worse.",
  );
  expect(hint({}, {}, aFacts({ policy: writers }))).toBe(
    "Wanted as it is? Somebody who may write to this repository accepts it by the comment `/modelsync waive data-drift reason: …`, until it gets worse.",
  );
});

it.each<[string, string | null]>([
  ["a warning", hint({}, { level: "warn" })],
  ["what can't be told", hint({ answer: "cannot-tell" })],
  ["a failure of which nothing is left but that", hint({ findings: [{ ...finding, unclear: true }] })],
  ["a failure without a finding", hint({ findings: [] })],
  ["what nobody may waive", hint({}, {}, aFacts({ policy: unwaivable }))],
  ["a local branch", hint({}, {}, aFacts({ door: "git" }))],
])("says nothing of %s", (_, said) => {
  expect(said).toBeNull();
});
