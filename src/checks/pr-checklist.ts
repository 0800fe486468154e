import { z } from "zod";
import { type ListItem, parseTasks } from "../criteria/parse-tasks.ts";
import { matchesPattern, textPattern } from "../criteria/text-pattern.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { newFinding } from "../verdict/new-finding.ts";

const id = "pr-checklist";

const options = z.strictObject({
  require: z
    .array(textPattern)
    .max(50)
    .default([])
    .describe("Tasks that must be there and ticked: plain text, or `/pattern/` in RE2 syntax."),
});

export default {
  id,
  title: "Checklist",
  group: "collaboration",
  defaultLevel: "warn",
  triggers: ["text", "policy"],
  options,
  docs: {
    summary: "Every box in the pull request's description is ticked. Boxes in code and comments don't count.",
    passes: "All boxes are ticked, struck through or marked N/A, and the required tasks are among them.",
    fails: "A box is not ticked, or a required task is missing.",
    cannotTell: "Never: the text is always known.",
  },
  run({ pullRequest }, { require }) {
    if (pullRequest.number === null && pullRequest.body === "") {
      return { answer: "not-applicable", summary: "checklist: no pull request text", findings: [] };
    }
    const tasks = parseTasks(pullRequest.body).items.filter(({ ticked }) => ticked !== null);
    const open = tasks.filter(({ ticked, waived }) => ticked === false && !waived);
    const missing = require.filter((pattern) => !tasks.some(({ text }) => matchesPattern(pattern, text)));
    const findings = [...open.map(unticked), ...missing.map(absent)];
    if (findings.length > 0) return { answer: "fail", summary: summarise(open, missing, tasks), findings };
    if (tasks.length === 0) return { answer: "not-applicable", summary: "checklist: no boxes", findings: [] };
    return { answer: "pass", summary: `checklist: all ${tasks.length} done`, findings: [] };
  },
} satisfies Check<z.infer<typeof options>>;

function summarise(open: ListItem[], missing: string[], tasks: ListItem[]): string {
  const parts = [
    ...(open.length > 0 ? [`${open.length} of ${tasks.length} boxes not ticked`] : []),
    ...(missing.length > 0
      ? [`${missing.length} required ${missing.length === 1 ? "task is" : "tasks are"} missing`]
      : []),
  ];
  return parts.join(", ");
}

function unticked({ text }: ListItem): Finding {
  return newFinding(
    id,
    "unticked",
    {
      title: `${text} is not ticked`,
      evidence: { task: text, ticked: false },
      remedy: "Do it and tick it in the description, or strike it through.",
    },
    [text],
  );
}

function absent(pattern: string): Finding {
  return newFinding(
    id,
    "missing",
    {
      title: `The task ${pattern} is missing`,
      evidence: { task: pattern, ticked: null },
      remedy: "Add it to the description as a task, and tick it.",
    },
    [pattern],
  );
}
