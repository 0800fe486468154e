import { expect, it } from "vitest";
import { anIssue, issues } from "../support/facts.ts";
import { report } from "../support/reported.ts";

it("a removed policy stands in the title, and visibly in the comment", () => {
  const { checkRun, comment } = report({ linkedIssues: issues(anIssue(12)), policyChange: { state: "removed" } });
  expect([checkRun.conclusion, checkRun.title]).toEqual([
    "success",
    "This change passes every check, but removes the policy",
  ]);
  expect(comment).toContain("\n! This change removes the policy file. It is judged by the base's policy;");
});
