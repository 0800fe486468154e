import { expect, it } from "vitest";
import check from "../../src/checks/policy-change.ts";
import type { PolicyChange } from "../../src/facts/facts.ts";
import { judge } from "../../src/verdict/judge.ts";
import type { Waiver } from "../../src/verdict/waiver.ts";
import { acceptFinding } from "../../src/verdict/waiver.ts";
import { aFacts, aPolicy, aProblem } from "../support/facts.ts";

const run = (policyChange: PolicyChange) => check.run(aFacts({ policyChange }));
const remedy =
  "Change the policy in a pull request of its own, which somebody who is responsible for it approves by waiving this.";
const looser = (at: number) => `tolerance ${at} (looser)`;
const changed = (preview: string[], digest = "d1"): PolicyChange => ({ state: "changed", preview, digest });

it.each<[string, PolicyChange, string, string]>([
  ["was not touched", { state: "unchanged" }, "not-applicable", "policy change: none"],
  [
    "is not valid any more",
    { state: "invalid", problems: [aProblem()] },
    "not-applicable",
    "policy change: not valid, so not to be merged",
  ],
  ["says the same", changed([]), "pass", "the policy changed in comments or layout only"],
])("finds nothing when the policy %s", (_, change, answer, summary) => {
  expect(run(change)).toEqual({ answer, summary, findings: [] });
});

it.each<[string, PolicyChange, string, string, object]>([
  [
    "a removed policy",
    { state: "removed" },
    "the change removes the policy",
    "This change removes the policy",
    { edit: "removed", changes: null, loosens: null, digest: null },
  ],
  [
    "a stricter one",
    changed(["minimum: none → 0.8 (stricter)"]),
    "the change edits the policy in 1 place",
    "This change edits the policy",
    { edit: "edited", changes: 1, loosens: null, digest: "d1" },
  ],
  [
    "a looser one, with what is looser",
    changed(["a: 1 → 2", looser(1), looser(2)]),
    "the change loosens the policy in 2 places",
    "This change loosens the policy",
    { edit: "loosened", changes: 3, loosens: "tolerance 1 (looser); tolerance 2 (looser)", digest: "d1" },
  ],
  [
    "one that loosens much, cut to what can be read",
    changed([`${"x".repeat(300)} (looser)`, ...[2, 3, 4, 5, 6, 7].map(looser)]),
    "the change loosens the policy in 7 places",
    "This change loosens the policy",
    {
      edit: "loosened",
      changes: 7,
      loosens: [`${"x".repeat(199)}…`, ...[2, 3, 4, 5].map(looser), "and 2 more"].join("; "),
      digest: "d1",
    },
  ],
  [
    "one of facts that were saved earlier",
    { state: "changed", preview: [looser(1)] },
    "the change loosens the policy in 1 place",
    "This change loosens the policy",
    { edit: "loosened", changes: 1, loosens: "tolerance 1 (looser)", digest: null },
  ],
])("finds %s", (_, change, summary, title, evidence) => {
  expect(run(change)).toEqual({
    answer: "fail",
    summary,
    findings: [
      {
        check: "policy-change",
        fingerprint: expect.any(String),
        title,
        evidence,
        remedy,
        path: ".github/modelsync.yml",
      },
    ],
  });
});

/** Of the verdict on an edit that must be approved, with an approval of `accepted`. */
function conclusionAfter(change: PolicyChange, accepted: PolicyChange | null): string {
  const waivers = (accepted === null ? [] : run(accepted).findings).map(
    (finding): Waiver => ({
      check: check.id,
      findings: [acceptFinding(finding, undefined)],
      reason: "agreed",
      by: "grace",
      given: "2026-01-02T00:00:00.000Z",
      until: "2026-03-01",
      headSha: aFacts().pullRequest.head.sha,
      baseRef: "main",
      comment: 1,
      withdrawnBy: null,
    }),
  );
  const policy = aPolicy({ checks: { [check.id]: { level: "block", options: {} } } });
  return judge(new Map([[check.id, check]]), aFacts({ policy, policyChange: change, waivers })).conclusion;
}

it.each<[string, PolicyChange, PolicyChange | null, string]>([
  ["nobody approved it", changed([looser(1)]), null, "fail"],
  ["this very edit was approved", changed([looser(1)]), changed([looser(1)]), "pass"],
  [
    "one was approved that says the same here and something else there",
    changed([looser(1)], "d2"),
    changed([looser(1)]),
    "fail",
  ],
  ["an edit was approved and it loosens now", changed([looser(1)]), changed(["b"]), "fail"],
  ["its removal was approved", { state: "removed" }, { state: "removed" }, "pass"],
  ["an edit was approved and it is removed now", { state: "removed" }, changed([looser(1)]), "fail"],
])("blocks an edit until somebody who may approves it: %s", (_, change, accepted, conclusion) => {
  expect(conclusionAfter(change, accepted)).toBe(conclusion);
});
