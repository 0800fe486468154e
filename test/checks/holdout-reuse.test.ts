import { expect, it } from "vitest";
import check from "../../src/checks/holdout-reuse.ts";
import { aFacts, aModelPolicy, aPolicy } from "../support/facts.ts";

function run(uses: number | null, warning?: number) {
  const model = aModelPolicy(warning === undefined ? {} : { holdoutReuseWarning: warning });
  const counted = uses === null ? {} : { holdoutUses: { income: uses } };
  return check.run(aFacts({ policy: aPolicy({ models: [model] }), ...counted }));
}

it.each<[uses: number | null, warning: number | undefined, answer: string]>([
  [null, undefined, "not-applicable"],
  [1, undefined, "pass"],
  [50, undefined, "pass"],
  [51, undefined, "fail"],
  [4, 3, "fail"],
  [51, 100, "pass"],
])("%s models with a limit of %s: %s", (uses, warning, answer) => {
  expect(run(uses, warning).answer).toBe(answer);
});

it("says how many and what to do", () => {
  expect(run(51)).toEqual({
    answer: "fail",
    summary: "the hold-out of 1 model is worn out",
    findings: [
      {
        check: "holdout-reuse",
        fingerprint: expect.any(String),
        title: "The hold-out of income has judged many models",
        evidence: { models: 51, allowed: 50 },
        remedy: "Judge by data that nobody has looked at: add new rows in a pull request of its own.",
        model: "income",
      },
    ],
  });
});
