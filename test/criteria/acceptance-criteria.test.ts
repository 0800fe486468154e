import { expect, it } from "vitest";
import { parseAcceptanceCriteria } from "../../src/criteria/acceptance-criteria.ts";

function texts(body: string, outsideSection?: boolean): string[] {
  return parseAcceptanceCriteria(body, outsideSection).map(({ text }) => text);
}

it.each<[what: string, body: string, expected: string[]]>([
  ["only the section counts", "- [ ] a\n## Acceptance criteria\n- [ ] b\n## Notes\n- [ ] c", ["b"]],
  [
    "deeper headings belong to it",
    "## Acceptance criteria\n### Model\n- [ ] a\n### Data\n- [ ] b\n# End\n- [ ] c",
    ["a", "b"],
  ],
  ["bold titles inside it belong to it", "## Acceptance criteria\n**Model**\n- [ ] a\nData:\n- [ ] b", ["a", "b"]],
  ["a bold section ends at the next bold title", "**Acceptance criteria**\n- [ ] a\n**Notes**\n- [ ] b", ["a"]],
  ["any case and level", "#### ACCEPTANCE CRITERIA:\n- [ ] a", ["a"]],
  ["other names", "## Definition of done\n- [ ] a\n## Done when\n- [ ] b", ["a", "b"]],
  [
    "plain items of the section are there",
    "## Acceptance criteria\n- roc_auc >= 0.9\n- [ ] a",
    ["roc_auc >= 0.9", "a"],
  ],
  ["without a section every task counts", "- [ ] a\n- plain\n## Notes\n- [x] b", ["a", "b"]],
  ["a section without tasks has no criteria", "- [ ] a\n## Acceptance criteria\nnone", []],
  ["a heading in code is none", "```\n## Acceptance criteria\n```\n- [ ] a", ["a"]],
  ["an empty issue", "", []],
])("%s", (_, body, expected) => {
  expect(texts(body)).toEqual(expected);
});

it.each([
  "## ✅ Acceptance criteria",
  "## :white_check_mark: Acceptance criteria",
  "## 🧪️ 3. Acceptance criteria",
  "## 2.1) Acceptance criteria",
  "## Acceptance criteria (required)",
  "## Acceptance criteria [must]",
  "## Acceptance criteria / DoD",
  "## DoD",
  "## Definition of Done & acceptance criteria",
  "## Goals and acceptance criteria",
  "## Acceptance-criteria",
  "## Acceptance‑Criteria:",
  "## Acceptance_criteria",
  "## Acceptance criteria - all of them",
  "## Acceptance criteria — all of them",
  "##\u00a0Acceptance\u00a0criteria",
  "## Acceptance&nbsp;criteria",
  "## **Acceptance** _criteria_ ##",
  "## <b>Acceptance criteria</b>",
  "## [Acceptance criteria](https://example.com)",
  "<h2>Acceptance criteria</h2>\n",
  '<h3 align="center">✅ Acceptance criteria</h3>\n',
  "<details><summary>Acceptance criteria</summary>\n",
  "<b>Acceptance criteria</b>\n",
  "✅ **Acceptance criteria**",
  "**1. Acceptance criteria** (required)",
  "__Acceptance criteria__:",
  "✅ Acceptance criteria:",
  "✅ Acceptance criteria\n---",
])("%j begins the section", (heading) => {
  expect(texts(`- [ ] a\n\n${heading}\n- roc_auc >= 0.9\n- [ ] b`)).toEqual(["roc_auc >= 0.9", "b"]);
});

it.each([
  "## No acceptance criteria yet",
  "## Acceptance",
  "## Notes (acceptance criteria are below)",
  "## Why acceptance criteria matter",
  "Text about **acceptance criteria**, not a title",
])("%j does not", (heading) => {
  expect(texts(`${heading}\n- roc_auc >= 0.9\n- [ ] b`)).toEqual(["b"]);
});

it("leaves tasks outside a section alone when told so", () => {
  expect(texts("- [ ] a", false)).toEqual([]);
  expect(texts("## Done when\n- [ ] a", false)).toEqual(["a"]);
});

it("says what was written and where", () => {
  expect(parseAcceptanceCriteria("# Done when\n\n- [x] ~~`f1` improves~~")).toEqual([
    { text: "`f1` improves", ticked: true, waived: true, line: 3 },
  ]);
});
