import { expect, it } from "vitest";
import type { Answer } from "../../src/verdict/check.ts";
import { followsFrom } from "../../src/verdict/follows-from.ts";
import { newFinding } from "../../src/verdict/new-finding.ts";
import type { CheckOutcome } from "../../src/verdict/verdict.ts";

function outcome(answer: Answer, ...models: (string | null)[]): CheckOutcome {
  const findings = models.map((model) =>
    newFinding("a", "b", { title: "", evidence: {}, remedy: "", ...(model === null ? {} : { model }) }),
  );
  return { id: "a", title: "A", group: "data", level: "block", result: { answer, summary: "", findings } };
}

it.each<[what: string, outcome: CheckOutcome, follows: boolean]>([
  ["about a broken model", outcome("cannot-tell", "income"), true],
  ["about broken models only", outcome("cannot-tell", "income", "churn"), true],
  ["about another model, too", outcome("cannot-tell", "income", "fraud"), false],
  ["about something else", outcome("cannot-tell", "income", null), false],
  ["without a finding", outcome("cannot-tell"), false],
  ["a failure", outcome("fail", "income"), false],
])("%s: %#", (_, outcome, follows) => {
  expect(followsFrom(outcome, new Set(["income", "churn"]))).toBe(follows);
});
