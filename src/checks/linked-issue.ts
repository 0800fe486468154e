import { z } from "zod";
import type { Facts, LinkedIssue } from "../facts/facts.ts";
import { isCountedIssue, issueName } from "../facts/issue-name.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { withoutFact } from "../verdict/known-facts.ts";
import { newFinding } from "../verdict/new-finding.ts";

const id = "linked-issue";

const options = z.strictObject({
  minimum: z.int().min(1).max(50).default(1).describe("How many issues must be linked."),
  allow_closed: z
    .boolean()
    .default(true)
    .describe(
      "Whether an issue counts that is closed, but was open when the pull request was opened or later, and was not closed as not planned or as a duplicate. When false, only open ones count.",
    ),
});

export default {
  id,
  title: "Linked issue",
  group: "collaboration",
  defaultLevel: "warn",
  defaultsSince: { 2: { level: "block" } },
  triggers: ["text", "issue", "policy"],
  options,
  docs: {
    summary: "The pull request is linked to an issue, by a closing keyword in its text or by GitHub's own link.",
    passes:
      "At least `minimum` issues of this repository, or of one that `issues.repositories` lists, are linked, exist and can be read.",
    fails:
      "Too few issues are linked, or those named don't exist, can't be read, belong to another repository, or were closed before.",
    cannotTell: "The linked issues could not be read from GitHub.",
  },
  run(facts, { minimum, allow_closed: allowClosed }) {
    if (!facts.linkedIssues.known) return withoutFact(id, "the linked issues", facts.linkedIssues);
    const issues = facts.linkedIssues.value;
    const name = (issue: LinkedIssue) => issueName(issue, facts);
    const opened = facts.pullRequest.createdAt ?? null;
    const counted = issues.filter(({ issue }) => issue !== null && closedWrongly(issue, opened, allowClosed) === null);
    if (counted.length >= minimum) {
      return { answer: "pass", summary: `linked issue: ${counted.map(name).join(", ")}`, findings: [] };
    }
    const refused = issues.filter((issue) => !counted.includes(issue));
    const findings = [
      ...refused.map((issue) => uncounted(issue, facts, allowClosed)),
      ...tooFew(counted.length, minimum, refused),
    ];
    return { answer: "fail", summary: summarise(issues.length, counted.length, minimum), findings };
  },
} satisfies Check<z.infer<typeof options>>;

function summarise(named: number, counted: number, minimum: number): string {
  if (named === 0) return "no issue is linked";
  return minimum === 1 ? "no linked issue counts" : `${counted} of ${minimum} linked issues`;
}

/** Each refused issue says its own remedy; this one is for issues that are not named at all. */
function tooFew(counted: number, minimum: number, refused: LinkedIssue[]): Finding[] {
  if (counted + refused.length >= minimum) return [];
  return [
    newFinding(id, "too-few", {
      title: counted === 0 ? "No issue is linked" : `${minimum} issues must be linked`,
      evidence: { linked: counted, minimum },
      remedy: "Add a line such as “Closes #123” to the description of the pull request.",
    }),
  ];
}

/**
 * Why a closed issue does not count; null: it does. What is closed now and was closed last after the pull request was
 * opened was open in between. Where nobody says when, it counts.
 */
function closedWrongly(
  { state, closed }: NonNullable<LinkedIssue["issue"]>,
  opened: string | null,
  allowClosed: boolean,
): string | null {
  if (state === "open") return null;
  if (!allowClosed) return "is closed";
  if (closed === undefined) return null;
  if (closed.as !== "completed")
    return closed.as === "duplicate" ? "is closed as a duplicate" : "is closed as not planned";
  const before = opened !== null && Date.parse(closed.at) < Date.parse(opened);
  return before ? "was closed before this pull request was opened" : null;
}

function uncounted(linked: LinkedIssue, facts: Facts, allowClosed: boolean): Finding {
  const name = issueName(linked, facts);
  if (linked.issue === null && !isCountedIssue(linked, facts, facts.policy)) {
    const written = {
      title: `${name} is an issue of another repository`,
      evidence: { issue: name, state: null },
      remedy: "Link an issue of this repository, or list the other one in `issues.repositories` of the policy.",
    };
    return newFinding(id, "foreign", written, [name]);
  }
  if (linked.issue === null) {
    const written = {
      title: `${name} does not exist or can't be read`,
      evidence: { issue: name, state: null },
      remedy: "Correct the number, or link an issue of this repository.",
    };
    return newFinding(id, "unresolvable", written, [name]);
  }
  return newFinding(
    id,
    "closed",
    {
      title: `${name} ${closedWrongly(linked.issue, facts.pullRequest.createdAt ?? null, allowClosed)}`,
      evidence: { issue: name, state: linked.issue.state },
      remedy: "Reopen the issue, or link the one that this change is about.",
    },
    [name],
  );
}
