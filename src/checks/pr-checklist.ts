import { z } from "zod";
import { type ListItem, parseTasks } from "../criteria/parse-tasks.ts";
import { findRequiredTask, type RequiredTask } from "../criteria/required-task.ts";
import { textPattern } from "../criteria/text-pattern.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { newFinding } from "../verdict/new-finding.ts";

const id = "pr-checklist";

const options = z.strictObject({
  require: z
    .array(textPattern)
    .max(50)
    .default([])
    .describe(
      "Tasks that must be there, ticked, not struck through and not negated: plain text, or `/pattern/` in RE2 syntax.",
    ),
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
    passes: "All boxes are ticked, struck through or marked N/A, and the required tasks are there and ticked.",
    fails:
      "A box is not ticked; or a required task is missing, struck through, or ticked in words that say the opposite.",
    cannotTell: "Never: the text is always known.",
  },
  run({ pullRequest }, { require }) {
    if (pullRequest.number === null && pullRequest.body === "") {
      return { answer: "not-applicable", summary: "checklist: no pull request text", findings: [] };
    }
    const tasks = parseTasks(pullRequest.body).items.filter(({ ticked }) => ticked !== null);
    const open = tasks.filter(({ ticked, waived }) => ticked === false && !waived);
    const required = require.map((pattern) => ({ pattern, found: findRequiredTask(pattern, tasks) }));
    const refused = required.flatMap(({ pattern, found }) => refuse(pattern, found) ?? []);
    const findings = [...open.map(unticked), ...refused];
    if (findings.length > 0) return { answer: "fail", summary: summarise(open, required, tasks), findings };
    if (tasks.length === 0) return { answer: "not-applicable", summary: "checklist: no boxes", findings: [] };
    return { answer: "pass", summary: `checklist: all ${tasks.length} done`, findings: [] };
  },
} satisfies Check<z.infer<typeof options>>;

function summarise(open: ListItem[], required: { found: RequiredTask }[], tasks: ListItem[]): string {
  const count = (...states: RequiredTask["state"][]) =>
    required.filter(({ found }) => states.includes(found.state)).length;
  const missing = count("missing");
  const uncounted = count("struck", "negated");
  const are = (tasks: number) => (tasks === 1 ? "task is" : "tasks are");
  const parts = [
    ...(open.length > 0 ? [`${open.length} of ${tasks.length} boxes not ticked`] : []),
    ...(missing > 0 ? [`${missing} required ${are(missing)} missing`] : []),
    ...(uncounted > 0 ? [`${uncounted} required ${are(uncounted)} struck through or negated`] : []),
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

/** Null when it is done, or told as a box that is not ticked. */
function refuse(pattern: string, found: RequiredTask): Finding | null {
  if (found.state === "done" || found.state === "open") return null;
  if (found.state === "missing") return absent(pattern);
  const { state, written } = found;
  const said = {
    title:
      state === "struck"
        ? `The task ${pattern} is struck through or marked N/A`
        : `The task ${pattern} is ticked in words that deny it`,
    evidence: { task: pattern, written, ticked: state },
    remedy:
      state === "struck"
        ? "It is required here: do it, write it without the strike, and tick it."
        : "Do it, and write the task as the policy asks for it.",
  };
  return newFinding(id, state, said, [pattern]);
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
