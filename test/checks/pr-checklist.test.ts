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
    ["- [x] tests\n- [ ] docs", ["docs"], "fail", "1 of 2 boxes not ticked"],
    ["- [ ] ~~docs~~\n- [x] docs", ["docs"], "pass", "checklist: all 2 done"],
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

describe("a required task", () => {
  const require = ["I looked at the confusion matrix"];

  it.each([
    "- [x] I looked at the confusion matrix",
    "- [X] **I looked** at the `confusion matrix`, see the notebook",
    "- [x] Yes, I looked at the confusion matrix; nothing unusual",
    "- [x] I looked at the confusion matrix and did not find anything unusual",
    "- [x] No new data. I looked at the confusion matrix.",
    "- [x] I looked at the <i>confusion</i> matrix (~5 minutes)",
  ])("is done: %s", (body) => {
    expect(run(body, require).answer).toBe("pass");
  });

  it.each<[body: string, kind: string]>([
    ["- [ ] ~~I looked at the confusion matrix~~", "struck"],
    ["- [x] ~~I looked at the confusion matrix~~", "struck"],
    ["- [x] ~I looked at the confusion matrix~", "struck"],
    ["- [x] Tests, ~~I looked at the confusion matrix~~", "struck"],
    ["- [x] <del>I looked at the confusion matrix</del>", "struck"],
    ["- [ ] N/A I looked at the confusion matrix", "struck"],
    ["- [x] Nobody cares whether I looked at the confusion matrix, I did not", "negated"],
    ["- [x] I don't say that I looked at the confusion matrix", "negated"],
    ["- [x] I looked at the confusion matrix: no", "negated"],
    ["- [x] I looked at the confusion matrix (not yet)", "negated"],
    ["- [x] I looked at the confusion matrix? I haven't done it.", "negated"],
    ['- [x] <a title="I looked at the confusion matrix">x</a>', "missing"],
    ["- [x] <!-- I looked at the confusion matrix --> x", "missing"],
    ["- I looked at the confusion matrix", "missing"],
  ])("is not: %s", (body, kind) => {
    const titles: Record<string, string> = {
      struck: `The task ${require[0]} is struck through or marked N/A`,
      negated: `The task ${require[0]} is ticked in words that deny it`,
      missing: `The task ${require[0]} is missing`,
    };
    const { answer, findings } = run(body, require);
    expect([answer, findings.map(({ title }) => title)]).toEqual(["fail", [titles[kind]]]);
  });

  it("may be a pattern, and deny something itself", () => {
    expect(run("- [x] There are no secrets in it", ["/no secrets/"]).answer).toBe("pass");
    expect(run("- [x] not: there are no secrets in it", ["no secrets"]).answer).toBe("fail");
  });
});
