import { describe, expect, it } from "vitest";
import { parseTasks } from "../../src/criteria/parse-tasks.ts";

function items(markdown: string): [text: string, ticked: boolean | null, waived: boolean, line: number][] {
  return parseTasks(markdown).items.map(({ text, ticked, waived, line }) => [text, ticked, waived, line]);
}

describe("list items", () => {
  it.each<[what: string, markdown: string, expected: ReturnType<typeof items>]>([
    ["open", "- [ ] tests", [["tests", false, false, 1]]],
    [
      "ticked in either case",
      "- [x] a\n- [X] b",
      [
        ["a", true, false, 1],
        ["b", true, false, 2],
      ],
    ],
    [
      "other bullets and numbers",
      "* [ ] a\n+ [ ] b\n1. [ ] c\n2) [ ] d",
      [
        ["a", false, false, 1],
        ["b", false, false, 2],
        ["c", false, false, 3],
        ["d", false, false, 4],
      ],
    ],
    [
      "nested",
      "- [ ] a\n  - [x] b\n    - [ ] c",
      [
        ["a", false, false, 1],
        ["b", true, false, 2],
        ["c", false, false, 3],
      ],
    ],
    ["without a box", "- plain", [["plain", null, false, 1]]],
    [
      "a box needs a text and spaces",
      "- [ ]\n- [x]a\n-[ ] b\n- [y] c",
      [
        ["[ ]", null, false, 1],
        ["[x]a", null, false, 2],
        ["[y] c", null, false, 4],
      ],
    ],
    ["struck through", "- [ ] ~~no longer~~", [["no longer", false, true, 1]]],
    [
      "not applicable",
      "- [ ] N/A: docs\n- [ ] docs (n/a)\n- [ ] docs N/A.",
      [
        ["N/A: docs", false, true, 1],
        ["docs (n/a)", false, true, 2],
        ["docs N/A.", false, true, 3],
      ],
    ],
    ["not every n/a is one", "- [ ] drop n/a markers", [["drop n/a markers", false, false, 1]]],
    ["in a quote", "> - [ ] quoted", [["quoted", false, false, 1]]],
    ["in code", "```\n- [ ] a\n```\n\n    - [ ] b\n\n`- [ ] c`", []],
    ["in a comment", "<!-- - [ ] a -->\n<!--\n- [ ] b\n-->", []],
    ["comment after the text", "- [ ] a <!-- why -->", [["a", false, false, 1]]],
    ["code in the text stays", "- [ ] `roc_auc >= 0.86`", [["`roc_auc >= 0.86`", false, false, 1]]],
    [
      "Windows line ends",
      "- [ ] a\r\n- [x] b\r\n",
      [
        ["a", false, false, 1],
        ["b", true, false, 2],
      ],
    ],
  ])("%s", (_, markdown, expected) => {
    expect(items(markdown)).toEqual(expected);
  });
});

describe("headings", () => {
  it.each<[markdown: string, text: string, level: number]>([
    ["## Acceptance criteria", "Acceptance criteria", 2],
    ["## Acceptance criteria ##", "Acceptance criteria", 2],
    ["###### **Done when:**", "Done when", 6],
    ["Acceptance criteria\n===", "Acceptance criteria", 1],
    ["Acceptance criteria\n---", "Acceptance criteria", 2],
    ["**Acceptance criteria**", "Acceptance criteria", 7],
    ["__Acceptance criteria:__", "Acceptance criteria", 7],
    ["Acceptance criteria:", "Acceptance criteria", 7],
  ])("%j", (markdown, text, level) => {
    expect(parseTasks(markdown).headings).toEqual([{ text, level, line: 1 }]);
  });

  it.each(["#hashtag", "text", "    # code", "<!-- # a -->"])("%j is none", (markdown) => {
    expect(parseTasks(markdown).headings).toEqual([]);
  });
});

it("reads 65,536 hostile characters in linear time", () => {
  for (const unit of [
    "- [ ] ",
    "- [ ] a\n",
    "> ",
    "*",
    "#",
    "**",
    "# a #",
    "~~",
    "n/a ",
    "1) ",
    "===\n",
    "**(",
    "**a**(".repeat(50),
    `${"**(".repeat(90)}x\n`,
    "<b>",
  ]) {
    expect(parseTasks(unit.repeat(Math.floor(65_536 / unit.length))).items.length).toBeLessThanOrEqual(8192);
  }
});
