import { expect, it } from "vitest";
import type { Problem } from "../../pipeline/problem.ts";
import { sizeOf } from "../../src/report/fit-markdown.ts";
import { renderNotice } from "../../src/report/render-notice.ts";
import { aProblem } from "../support/facts.ts";

it("says why there is no verdict, with every mistake and its place", () => {
  const path = ".github/modelsync.yml";
  const problems: Problem[] = [
    aProblem({
      code: "unknown-key",
      where: { path, line: 3 },
      message: "There is no key modls here.",
      written: "modls",
      allowed: "models, checks",
      remedy: "Did you mean models?",
    }),
    { code: "policy-missing", where: { path }, message: "main has no policy.", remedy: `Commit ${path} to main.` },
  ];
  const text = [
    "The branch main has a policy with mistakes.",
    "Repair it in a pull request that changes nothing else.",
  ];
  expect(
    renderNotice({
      passes: false,
      sentence: "nothing was checked: the policy of `main` has 2 mistakes",
      text,
      problems,
    }),
  ).toMatchInlineSnapshot(`
    {
      "checkRun": {
        "annotations": [
          {
            "annotation_level": "failure",
            "end_line": 3,
            "message": "Written: modls. Allowed: models, checks. Did you mean models? (configuration/unknown-key)",
            "path": ".github/modelsync.yml",
            "start_line": 3,
            "title": "There is no key modls here.",
          },
        ],
        "conclusion": "failure",
        "summary": "### ✗ ModelSync: nothing was checked: the policy of \`main\` has 2 mistakes

    The branch main has a policy with mistakes.

    Repair it in a pull request that changes nothing else.

    - \`.github/modelsync.yml:3\`: There is no key modls here. Written: \`modls\`. Allowed: models, checks. Did you mean models? (\`configuration/unknown-key\`)
    - \`.github/modelsync.yml\`: main has no policy. Commit .github/modelsync.yml to main. (\`configuration/policy-missing\`)",
        "text": "",
        "title": "Nothing was checked: the policy of main has 2 mistakes",
      },
      "comment": "### ✗ ModelSync: nothing was checked: the policy of \`main\` has 2 mistakes

    The branch main has a policy with mistakes.

    Repair it in a pull request that changes nothing else.

    - \`.github/modelsync.yml:3\`: There is no key modls here. Written: \`modls\`. Allowed: models, checks. Did you mean models? (\`configuration/unknown-key\`)
    - \`.github/modelsync.yml\`: main has no policy. Commit .github/modelsync.yml to main. (\`configuration/policy-missing\`)

    <!-- modelsync:report -->
    ",
    }
  `);
});

it("may pass, without problems", () => {
  const { comment, checkRun } = renderNotice({
    passes: true,
    sentence: "this change introduces a valid policy",
    text: [],
    problems: [],
  });
  expect(comment).toBe("### ✓ ModelSync: this change introduces a valid policy\n\n<!-- modelsync:report -->\n");
  expect([checkRun.conclusion, checkRun.title]).toEqual(["success", "This change introduces a valid policy"]);
});

it("keeps within GitHub's limits", () => {
  const problems = Array.from({ length: 500 }, (_, i) =>
    aProblem({ where: { path: "p", line: i + 1 }, message: "x".repeat(9000) }),
  );
  const text = Array.from({ length: 5000 }, () => "很".repeat(500));
  const { comment, checkRun } = renderNotice({ passes: false, sentence: "y".repeat(9000), text, problems });
  expect(sizeOf(comment)).toBeLessThanOrEqual(65_535);
  expect(sizeOf(checkRun.summary)).toBeLessThanOrEqual(65_535);
  expect([checkRun.title.length, checkRun.annotations.length]).toEqual([200, 50]);
});

it("shows in an annotation no character that hides or turns what is written, and one line alone", () => {
  const hostile = "x\u202e\u200b\u001b[31m\n</details>";
  const problem = aProblem({
    message: hostile,
    written: hostile,
    allowed: "y",
    remedy: "Write y.",
    where: { path: "p", line: 1 },
  });
  const { checkRun } = renderNotice({ passes: false, sentence: "no", text: [], problems: [problem] });
  expect(checkRun.annotations.map(({ title, message }) => [title, message])).toEqual([
    ["x[31m </details>", expect.stringMatching(/^Written: x\[31m <\/details>\. Allowed: y\. Write y\. \(/)],
  ]);
});
