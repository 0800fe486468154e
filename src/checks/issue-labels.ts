import { z } from "zod";
import { issueName } from "../facts/issue-name.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { withoutFact } from "../verdict/known-facts.ts";
import { newFinding } from "../verdict/new-finding.ts";

const id = "issue-labels";

const labels = z.array(z.string().min(1).max(100)).max(100).default([]);

const options = z.strictObject({
  minimum: z.int().min(0).max(100).default(1).describe("How many labels each linked issue must have."),
  any_of: labels.describe("At least one of these labels is needed; none when the list is empty."),
  all_of: labels.describe("All of these labels are needed."),
  none_of: labels.describe("None of these labels may be there."),
});

type Options = z.infer<typeof options>;

export default {
  id,
  title: "Issue labels",
  group: "collaboration",
  defaultLevel: "warn",
  triggers: ["text", "issue", "policy"],
  options,
  docs: {
    summary: "Every linked issue has the labels that the team asks for. Case does not matter.",
    passes: "Each linked issue that can be read meets `minimum`, `any_of`, `all_of` and `none_of`.",
    fails: "An issue lacks a label, or has one that is ruled out.",
    cannotTell: "The linked issues could not be read from GitHub.",
  },
  run(facts, options) {
    if (!facts.linkedIssues.known) return withoutFact(id, "the labels of linked issues", facts.linkedIssues);
    const parts = facts.linkedIssues.value.map((linked): PartialAnswer => {
      if (linked.issue === null) return { answer: "not-applicable", findings: [] };
      const findings = judgeLabels(issueName(linked, facts), linked.issue.labels, options);
      return { answer: findings.length > 0 ? "fail" : "pass", findings };
    });
    return combineAnswers(parts, {
      pass: "issue labels",
      fail: (findings) => (findings.length === 1 ? findings[0]!.title : `${findings.length} label problems`),
      "cannot-tell": "issue labels could not be judged",
      "not-applicable": "no linked issue, so no labels",
    });
  },
} satisfies Check<Options>;

function judgeLabels(issue: string, written: string[], { minimum, any_of, all_of, none_of }: Options): Finding[] {
  const present = new Set(written.map((label) => label.toLowerCase()));
  const has = (label: string) => present.has(label.toLowerCase());
  const evidence = { issue, labels: written.join(", ") };
  const findings: Finding[] = [];
  const add = (kind: string, title: string, remedy: string, about: string) =>
    findings.push(newFinding(id, kind, { title, evidence, remedy }, [issue, about]));

  if (any_of.length > 0 && !any_of.some(has)) {
    const wanted = any_of.join(", ");
    add("any-of", `${issue} has none of the labels ${wanted}`, `Add one of them to ${issue}.`, wanted);
  }
  for (const label of all_of.filter((label) => !has(label))) {
    add("all-of", `${issue} lacks the label ${label}`, `Add the label to ${issue}.`, label);
  }
  for (const label of none_of.filter(has)) {
    add("none-of", `${issue} has the label ${label}`, `Remove the label from ${issue} when it no longer holds.`, label);
  }
  if (findings.length === 0 && written.length < minimum) {
    const title =
      written.length === 0 ? `${issue} has no label` : `${issue} has ${written.length} of ${minimum} labels`;
    add("minimum", title, `Label ${issue}, so that others can find it.`, "");
  }
  return findings;
}
