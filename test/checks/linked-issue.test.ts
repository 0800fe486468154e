import { describe, expect, it } from "vitest";
import check from "../../src/checks/linked-issue.ts";
import type { Facts } from "../../src/facts/facts.ts";
import { aFacts, anIssue, aPullRequest, issues } from "../support/facts.ts";

const defaults = check.options.parse({});

function run(linkedIssues: Facts["linkedIssues"], options: Partial<typeof defaults> = {}) {
  const pullRequest = aPullRequest({ createdAt: "2026-03-01T08:00:00Z" });
  return check.run(aFacts({ linkedIssues, pullRequest }), { ...defaults, ...options });
}

const closedIssue = (at?: string, as: "completed" | "not-planned" | "duplicate" = "completed") =>
  anIssue(12, { state: "closed", ...(at === undefined ? {} : { closed: { at, as } }) });
const missing = { ...anIssue(99), issue: null };
const elsewhere = { ...anIssue(4), repo: "other" };

it("without an issue it fails and says what to write", () => {
  expect(run(issues())).toEqual({
    answer: "fail",
    summary: "no issue is linked",
    findings: [
      {
        check: "linked-issue",
        fingerprint: expect.any(String),
        title: "No issue is linked",
        evidence: { linked: 0, minimum: 1 },
        remedy: "Add a line such as “Closes #123” to the description of the pull request.",
      },
    ],
  });
});

describe("answers", () => {
  it.each<
    [what: string, linked: Facts["linkedIssues"], options: object, answer: string, summary: string, titles: string[]]
  >([
    ["one", issues(anIssue(12)), {}, "pass", "linked issue: #12", []],
    ["of another repository", issues(elsewhere), {}, "pass", "linked issue: acme/other#4", []],
    ["several", issues(anIssue(12), anIssue(13)), {}, "pass", "linked issue: #12, #13", []],
    ["a closed one counts, when nobody says since when", issues(closedIssue()), {}, "pass", "linked issue: #12", []],
    ["closed since", issues(closedIssue("2026-03-01T08:00:00Z")), {}, "pass", "linked issue: #12", []],
    [
      "closed before",
      issues(closedIssue("2026-03-01T07:59:59Z")),
      {},
      "fail",
      "no linked issue counts",
      ["#12 was closed before this pull request was opened"],
    ],
    [
      "closed since as not planned",
      issues(closedIssue("2026-03-02T08:00:00Z", "not-planned")),
      {},
      "fail",
      "no linked issue counts",
      ["#12 is closed as not planned"],
    ],
    [
      "closed since as a duplicate",
      issues(closedIssue("2026-03-02T08:00:00Z", "duplicate")),
      {},
      "fail",
      "no linked issue counts",
      ["#12 is closed as a duplicate"],
    ],
    [
      "closed since, where that is refused",
      issues(closedIssue("2026-03-02T08:00:00Z")),
      { allow_closed: false },
      "fail",
      "no linked issue counts",
      ["#12 is closed"],
    ],
    [
      "unless refused",
      issues(anIssue(12, { state: "closed" })),
      { allow_closed: false },
      "fail",
      "no linked issue counts",
      ["#12 is closed"],
    ],
    [
      "one that does not exist",
      issues(missing),
      {},
      "fail",
      "no linked issue counts",
      ["#99 does not exist or can't be read"],
    ],
    ["one that does not exist beside one that does", issues(missing, anIssue(12)), {}, "pass", "linked issue: #12", []],
    ["too few", issues(anIssue(12)), { minimum: 2 }, "fail", "1 of 2 linked issues", ["2 issues must be linked"]],
    ["enough", issues(anIssue(12), elsewhere), { minimum: 2 }, "pass", "linked issue: #12, acme/other#4", []],
    [
      "only known on GitHub",
      { known: false, why: "needs-github", detail: "" },
      {},
      "not-applicable",
      "the linked issues: only known on GitHub",
      [],
    ],
    [
      "GitHub failed",
      { known: false, why: "failed", detail: "502" },
      {},
      "cannot-tell",
      "the linked issues could not be read",
      ["The linked issues could not be read from GitHub"],
    ],
  ])("%s", (_, linked, options, answer, summary, titles) => {
    const result = run(linked, options);
    expect([result.answer, result.summary, result.findings.map(({ title }) => title)]).toEqual([
      answer,
      summary,
      titles,
    ]);
  });
});
