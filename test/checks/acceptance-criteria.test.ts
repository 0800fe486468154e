import { describe, expect, it } from "vitest";
import check from "../../src/checks/acceptance-criteria.ts";
import type { Facts } from "../../src/facts/facts.ts";
import { aFacts, anIssue, issues } from "../support/facts.ts";

const defaults = check.options.parse({});

function run(body: string, options: Partial<typeof defaults> = {}, facts: Partial<Facts> = {}) {
  return check.run(aFacts({ linkedIssues: issues(anIssue(12, { body })), ...facts }), { ...defaults, ...options });
}

describe("answers", () => {
  it.each<[what: string, body: string, answer: string, summary: string]>([
    ["no criteria", "Just words.", "not-applicable", "no criteria in #12"],
    ["ticked", "- [x] docs", "pass", "acceptance criteria of #12: 1 met"],
    ["not ticked", "- [x] docs\n- [ ] tests", "fail", "1 of 2 criteria of #12 not met"],
    ["struck through", "- [ ] ~~docs~~", "pass", "acceptance criteria of #12: 1 met"],
    ["met without a tick", "- [ ] roc_auc >= 0.9", "pass", "acceptance criteria of #12: 1 met"],
    [
      "met and not even a box",
      "## Done when\n- roc_auc >= 0.9\n- explained",
      "pass",
      "acceptance criteria of #12: 1 met",
    ],
    ["ticked and not met", "- [x] roc_auc >= 0.95", "fail", "1 of 1 criteria of #12 not met"],
    ["can't be measured", "- [x] roc_auk >= 0.9", "cannot-tell", "acceptance criteria could not be judged"],
    ["not measured", "- [x] f1 >= 0.9", "cannot-tell", "acceptance criteria could not be judged"],
    ["failing beats unclear", "- [x] f1 >= 0.9\n- [ ] docs", "fail", "2 of 2 criteria of #12 not met"],
  ])("%s", (_, body, answer, summary) => {
    expect(run(body)).toMatchObject({ answer, summary });
  });
});

describe("a tick never helps what asks for a measurement, however it is written", () => {
  it.each<[text: string, answer: string]>([
    ["AUC-ROC > .99", "fail"],
    ["The ROC AUC is ≥ 0.99", "fail"],
    ["model roc_auc >= 0.99", "fail"],
    ["[roc_auc](http://x) >= 0.99", "fail"],
    ["<b>roc_auc</b> >= 0.99", "fail"],
    ["roc_auc &gt;= 0.99", "fail"],
    ["F-1 >= 0.99", "cannot-tell"],
    ["roc-auc: 0.99", "cannot-tell"],
    ["accuracy of 99 %", "cannot-tell"],
    ["no drift in zip code", "cannot-tell"],
    [`${"The census of 1994 counts. ".repeat(20)} roc_auc >= 0.99`, "cannot-tell"],
    ["document the accuracy section", "pass"],
    ["add 3 tests", "pass"],
  ])("%s", (text, answer) => {
    expect(run(`- [x] ${text}`).answer).toBe(answer);
  });
});

it("says what was measured and why that is not enough", () => {
  expect(run("- [x] roc_auc >= 0.95\n- [ ] docs\n- [ ] roc_auk >= 1").findings).toEqual([
    {
      check: "acceptance-criteria",
      fingerprint: expect.any(String),
      title: "roc_auc >= 0.95 is not met",
      evidence: {
        issue: "#12",
        criterion: "roc_auc >= 0.95",
        measured: 0.9091,
        reason: "it must be >= 0.95",
        ticked: true,
      },
      remedy: "Improve the model, or change the criterion in #12.",
      model: "income",
    },
    {
      check: "acceptance-criteria",
      fingerprint: expect.any(String),
      title: "docs is not ticked",
      evidence: { issue: "#12", criterion: "docs", measured: null, reason: "not ticked", ticked: false },
      remedy: "Do it and tick it in #12, or strike it through there.",
    },
    {
      check: "acceptance-criteria",
      fingerprint: expect.any(String),
      title: "roc_auk >= 1 can't be measured",
      evidence: {
        issue: "#12",
        criterion: "roc_auk >= 1",
        measured: null,
        reason: "There is no metric roc_auk.",
        ticked: false,
      },
      remedy: "Did you mean roc_auc?",
      unclear: true,
    },
  ]);
});

it("an issue with more criteria than anyone means does not pass unread", () => {
  expect(run("- [x] a\n".repeat(200))).toMatchObject({ answer: "pass" });
  expect(run("- [x] a\n".repeat(201))).toMatchObject({
    answer: "cannot-tell",
    findings: [{ title: "#12 has 201 criteria", evidence: { reason: "at most 200 are read" } }],
  });
});

describe("linked issues", () => {
  const unreadable = { ...anIssue(99), issue: null };

  it.each<[what: string, linked: Facts["linkedIssues"], answer: string, summary: string]>([
    ["none", issues(), "not-applicable", "no linked issue, so no criteria"],
    ["all unreadable", issues(unreadable), "cannot-tell", "acceptance criteria could not be judged"],
    [
      "one unreadable",
      issues(unreadable, anIssue(12, { body: "- [x] a" })),
      "pass",
      "acceptance criteria of #12: 1 met",
    ],
    [
      "several",
      issues(anIssue(12, { body: "- [x] a" }), anIssue(13, { body: "- [ ] b" })),
      "fail",
      "1 of 2 criteria of #12, #13 not met",
    ],
    [
      "only known on GitHub",
      { known: false, why: "needs-github", detail: "" },
      "not-applicable",
      "the acceptance criteria: only known on GitHub",
    ],
    [
      "GitHub failed",
      { known: false, why: "failed", detail: "502" },
      "cannot-tell",
      "the acceptance criteria could not be read",
    ],
  ])("%s", (_, linkedIssues, answer, summary) => {
    expect(run("", {}, { linkedIssues })).toMatchObject({ answer, summary });
  });
});

describe("options", () => {
  it("outside_section: ignore", () => {
    expect(run("- [ ] a", { outside_section: "ignore" }).answer).toBe("not-applicable");
    expect(run("## Acceptance criteria\n- [ ] a", { outside_section: "ignore" }).answer).toBe("fail");
  });

  it("require", () => {
    expect(run("Just words.", { require: true })).toMatchObject({
      answer: "fail",
      findings: [{ title: "#12 has no acceptance criteria", evidence: { issue: "#12", criteria: 0 } }],
    });
    expect(run("", { require: true }, { linkedIssues: issues() }).answer).toBe("not-applicable");
  });
});
