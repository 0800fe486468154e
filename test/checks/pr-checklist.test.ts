import { describe, expect, it } from "vitest";
import check from "../../src/checks/pr-checklist.ts";
import { aFacts, aPullRequest } from "../support/facts.ts";

function run(body: string, require: string[] = [], number: number | null = 7) {
  return check.run(aFacts({ pullRequest: aPullRequest({ body, number }) }), { require });
}

describe("answers", () => {
  it.each<[body: string, require: string[], answer: string, summary: string]>([
    ["", [], "not-applicable", "checklist: no boxes"],
    ["no boxes", [], "not-applicable", "checklist: no boxes"],
    ["- plain item", [], "not-applicable", "checklist: no boxes"],
    ["- [x] tests\n- [X] docs", [], "pass", "checklist: all 2 done"],
    ["- [x] tests\n- [ ] docs", [], "fail", "1 of 2 boxes not ticked"],
    ["- [x] tests\n- [ ] ~~docs~~", [], "pass", "checklist: all 2 done"],
    ["- [x] tests\n- [ ] N/A docs", [], "pass", "checklist: all 2 done"],
    ["`- [ ] a`\n<!-- - [ ] b -->\n```\n- [ ] c\n```", [], "not-applicable", "checklist: no boxes"],
    ["- [x] I added Tests", ["added tests"], "pass", "checklist: all 1 done"],
    ["- [x] tests", ["/^docs?$/"], "fail", "1 required task is missing"],
    ["- [ ] tests", ["docs", "notes"], "fail", "1 of 1 boxes not ticked, 2 required tasks are missing"],
    ["", ["docs"], "fail", "1 required task is missing"],
  ])("%j requiring %j", (body, require, answer, summary) => {
    expect(run(body, require)).toMatchObject({ answer, summary });
  });

  it("a local branch has no text", () => {
    expect(run("", ["docs"], null)).toEqual({
      answer: "not-applicable",
      summary: "checklist: no pull request text",
      findings: [],
    });
    expect(run("- [ ] a", [], null).answer).toBe("fail");
  });
});

it("names each open and each missing task", () => {
  expect(run("- [ ] tests", ["docs"]).findings).toEqual([
    {
      check: "pr-checklist",
      fingerprint: expect.any(String),
      title: "tests is not ticked",
      evidence: { task: "tests", ticked: false },
      remedy: "Do it and tick it in the description, or strike it through.",
    },
    {
      check: "pr-checklist",
      fingerprint: expect.any(String),
      title: "The task docs is missing",
      evidence: { task: "docs", ticked: null },
      remedy: "Add it to the description as a task, and tick it.",
    },
  ]);
});
