import { describe, expect, it } from "vitest";
import check from "../../src/checks/issue-labels.ts";
import { aFacts, anIssue, issues } from "../support/facts.ts";

const defaults = check.options.parse({});

function run(labels: string[], options: Partial<typeof defaults> = {}) {
  return check.run(aFacts({ linkedIssues: issues(anIssue(12, { labels })) }), { ...defaults, ...options });
}

describe("labels of the linked issue", () => {
  it.each<[what: string, labels: string[], options: Partial<typeof defaults>, titles: string[]]>([
    ["one is enough", ["model"], {}, []],
    ["none is not", [], {}, ["#12 has no label"]],
    ["none is, when none is asked for", [], { minimum: 0 }, []],
    ["too few", ["a"], { minimum: 2 }, ["#12 has 1 of 2 labels"]],
    ["any of", ["Data"], { any_of: ["model", "data"] }, []],
    ["not any of", ["docs"], { any_of: ["model", "data"] }, ["#12 has none of the labels model, data"]],
    ["all of", ["a", "B"], { all_of: ["A", "b"] }, []],
    ["not all of", ["a"], { all_of: ["a", "b", "c"] }, ["#12 lacks the label b", "#12 lacks the label c"]],
    ["none of", ["a", "Wontfix"], { none_of: ["wontfix"] }, ["#12 has the label wontfix"]],
  ])("%s", (_, labels, options, titles) => {
    const { answer, findings } = run(labels, options);
    expect([answer, findings.map(({ title }) => title)]).toEqual([titles.length > 0 ? "fail" : "pass", titles]);
  });

  it("shows what is there and what to do", () => {
    expect(run(["docs"], { any_of: ["model"] }).findings).toEqual([
      {
        check: "issue-labels",
        fingerprint: expect.any(String),
        title: "#12 has none of the labels model",
        evidence: { issue: "#12", labels: "docs" },
        remedy: "Add one of them to #12.",
      },
    ]);
  });
});

it("without a readable issue it does not apply", () => {
  const unreadable = { ...anIssue(3), issue: null };
  const none = { answer: "not-applicable", summary: "no linked issue, so no labels", findings: [] };
  expect(check.run(aFacts(), defaults)).toEqual(none);
  expect(check.run(aFacts({ linkedIssues: issues(unreadable) }), defaults)).toEqual(none);
});
