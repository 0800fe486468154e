import { z } from "zod";
import type { Facts, PolicyChange } from "../facts/facts.ts";
import { isLooser } from "../policy/diff-policy.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { Check, CheckResult } from "../verdict/check.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "policy-change";

const options = z.strictObject({});

export default {
  id,
  title: "Policy change",
  // None that bots are exempt from: whoever can push to a bot's branch could open the gate there.
  group: "model",
  defaultLevel: "warn",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "The policy says the same after the change. At level `block`, an edit needs the approval of somebody who is entitled to: a waiver of what this check found, for which CODEOWNERS are those of the policy file.",
    passes: "The file changed in comments or layout only. Where it did not change, the check does not apply.",
    fails:
      "The change edits what the policy says, or removes it; what it loosens is named. An approval holds for this very edit: any other one is asked about again.",
    cannotTell:
      "Never: an edited policy that is not valid fails the review as a whole, and the policy of the base branch judges meanwhile.",
  },
  run({ policyChange }: Pick<Facts, "policyChange">): CheckResult {
    switch (policyChange.state) {
      case "unchanged":
        return { answer: "not-applicable", summary: "policy change: none", findings: [] };
      case "invalid":
        return { answer: "not-applicable", summary: "policy change: not valid, so not to be merged", findings: [] };
      case "removed":
        return { answer: "fail", summary: "the change removes the policy", findings: [removed] };
      case "changed":
        return judgeEdit(policyChange);
    }
  },
  kinds: {
    names: ["removed", "loosened", "edited"],
    of: ({ evidence: { edit } }) => (typeof edit === "string" ? edit : null),
  },
} satisfies Check<z.infer<typeof options>>;

const remedy =
  "Change the policy in a pull request of its own, which somebody who is responsible for it approves by waiving this.";

const removed = newFinding(id, "removed", {
  title: "This change removes the policy",
  evidence: { edit: "removed", changes: null, loosens: null, digest: null },
  remedy,
  path: policyPath,
});

/** So much is named; the comment lists all. */
const shownSentences = 5;

function judgeEdit({ preview, digest }: Extract<PolicyChange, { state: "changed" }>): CheckResult {
  if (preview.length === 0) {
    return { answer: "pass", summary: "the policy changed in comments or layout only", findings: [] };
  }
  const looser = preview.filter(isLooser);
  const edit = looser.length > 0 ? "loosened" : "edited";
  const more = looser.length > shownSentences ? [`and ${looser.length - shownSentences} more`] : [];
  const named = looser.slice(0, shownSentences).map((one) => (one.length > 200 ? `${one.slice(0, 199)}…` : one));
  const loosens = looser.length > 0 ? [...named, ...more].join("; ") : null;
  const finding = newFinding(id, edit, {
    title: `This change ${edit === "loosened" ? "loosens" : "edits"} the policy`,
    evidence: { edit, changes: preview.length, loosens, digest: digest ?? null },
    remedy,
    path: policyPath,
  });
  const summary =
    edit === "loosened"
      ? `the change loosens the policy in ${countOf(looser.length, "place")}`
      : `the change edits the policy in ${countOf(preview.length, "place")}`;
  return { answer: "fail", summary, findings: [finding] };
}
