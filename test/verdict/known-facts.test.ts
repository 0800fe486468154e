import { expect, it } from "vitest";
import type { Known } from "../../src/facts/facts.ts";
import { withoutFact } from "../../src/verdict/known-facts.ts";

type Unknown = Extract<Known<unknown>, { known: false }>;

it("is not applicable where there is no GitHub", () => {
  const fact: Unknown = { known: false, why: "needs-github", detail: "" };
  expect(withoutFact("issue-labels", "the linked issues", fact)).toEqual({
    answer: "not-applicable",
    summary: "the linked issues: only known on GitHub",
    findings: [],
  });
});

it("can't be told when GitHub did not say, and why is told in at most 300 characters", () => {
  const fact: Unknown = { known: false, why: "failed", detail: "x".repeat(301) };
  expect(withoutFact("issue-labels", "the linked issues", fact)).toMatchObject({
    answer: "cannot-tell",
    summary: "the linked issues could not be read",
    findings: [{ title: "The linked issues could not be read from GitHub", evidence: { detail: "x".repeat(300) } }],
  });
});
