import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseClosingKeywords } from "../../src/criteria/closing-keywords.ts";
import { referenceData } from "../support/reference-data.ts";

const here = { owner: "acme", repo: "ml" };

function names(text: string, place?: "pull-request" | "commit-message"): string[] {
  return parseClosingKeywords(text, here, place).map(({ owner, repo, number }) =>
    owner === "acme" && repo === "ml" ? `#${number}` : `${owner}/${repo}#${number}`,
  );
}

describe("the nine keywords", () => {
  it.each(["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"])(
    "%s links",
    (word) => {
      expect(names(`${word} #5`)).toEqual(["#5"]);
      expect(names(`It ${word.toUpperCase()}: #5 at last`)).toEqual(["#5"]);
    },
  );

  it.each(["closing", "fixing", "see", "refs", "part of", "prefix", "suffixes", "unfixed", "disclosed"])(
    "%s does not link",
    (word) => {
      expect(names(`${word} #5`)).toEqual([]);
    },
  );
});

describe("references", () => {
  it.each<[text: string, linked: string[]]>([
    ["Fixes GH-5", ["#5"]],
    ["fixes gh-5", ["#5"]],
    ["Closes other/thing#9", ["other/thing#9"]],
    ["Closes other/thing.js#9.", ["other/thing.js#9"]],
    ["Closes acme/ml#9", ["#9"]],
    ["Resolves https://github.com/acme/ml/issues/31", ["#31"]],
    ["Resolves https://github.com/other/thing/issues/31#issuecomment-88", ["other/thing#31"]],
    ["Resolves https://www.github.com/acme/ml/pull/4", ["#4"]],
    ["Resolves https://gitlab.com/acme/ml/issues/31", []],
    ["Resolves https://github.com.evil.example/acme/ml/issues/31", []],
    ["Resolves https://github.com/acme/ml/wiki/31", []],
    ["Fixes #5, fixes #6 and resolves other/thing#7", ["#5", "#6", "other/thing#7"]],
    ["Fixes #5, #6 and #7", ["#5"]],
    ["Fixes #5. Fixes #5. Closes ACME/ml#5", ["#5"]],
    ["Does not fix #5", ["#5"]],
    ["- closes #5", ["#5"]],
    ["1. closes #5\n2. closes #6", ["#5", "#6"]],
    ["Closes  #5", ["#5"]],
    ["Closes\t#5", ["#5"]],
    ["(closes #5)", ["#5"]],
    ["Closes#5", []],
    ["Closes: the old #5", []],
    ["Closes issue #5", []],
    ["Closes 5", []],
    ["Closes #0", []],
    ["Closes #5th", []],
    ["Closes #five", []],
    ["Closes #99999999999999999999", []],
    ["", []],
  ])("%s", (text, linked) => {
    expect(names(text)).toEqual(linked);
  });

  it("knows the host of another GitHub", () => {
    const text = "Closes http://127.0.0.1:8080/acme/ml/issues/3";
    expect(parseClosingKeywords(text, { ...here, host: "127.0.0.1" })).toEqual([{ ...here, number: 3 }]);
    expect(parseClosingKeywords(text, here)).toEqual([]);
  });
});

describe("what a reader of the text does not see as prose", () => {
  it.each<[what: string, text: string, linked: string[]]>([
    ["code span", "Write `Closes #5` there", []],
    ["code span over two lines", "Write `Closes\nCloses #5` there", []],
    ["two backticks", "``Closes #5 ` ``", []],
    ["backtick without a partner", "a ` b Closes #5", ["#5"]],
    ["escaped backtick", "\\`Closes #5`", ["#5"]],
    ["keyword in code, number outside", "`Closes` #5", []],
    ["comment between keyword and number", "Closes <!-- x --> #5", []],
    ["fence", "```\nCloses #5\n```\nCloses #6", ["#6"]],
    ["longer fence", "````\n```\nCloses #5\n````\nCloses #6", ["#6"]],
    ["tildes", "~~~ text\nCloses #5\n~~~\nCloses #6", ["#6"]],
    ["fence that never closes", "```\nCloses #5\n", []],
    ["fence in a list item", "- a\n  ```\n  Closes #5\n  ```\n- closes #6", ["#6"]],
    ["indented code", "text\n\n    Closes #5\n\nCloses #6", ["#6"]],
    ["indented line of a paragraph", "text\n    Closes #5", ["#5"]],
    ["nested list item", "- a\n    - closes #5", ["#5"]],
    ["paragraph of a list item", "1. a\n\n   Closes #5", ["#5"]],
    ["comment", "<!-- Closes #5 -->", []],
    ["comment over blank lines", "<!--\n\nCloses #5\n\n-->\nCloses #6", ["#6"]],
    ["comment within a line", "a <!-- Closes #5 --> Closes #6", ["#6"]],
    ["two comments in a line", "<!-- a --> <!-- Closes #5 --> Closes #6", ["#6"]],
    ["comment that never ends", "<!-- Closes #5", []],
    ["second comment that never ends", "<!-- a --> <!--\nCloses #5", []],
    ["open comment within a paragraph is text", "a <!-- Closes #5", ["#5"]],
    ["comment in a fence is code", "```\n<!--\n```\nCloses #5", ["#5"]],
    ["fence in a comment is comment", "<!--\n```\n-->\nCloses #5", ["#5"]],
    ["pre", "<pre>\nCloses #5\n</pre>\nCloses #6", ["#6"]],
    ["quote", "> Closes #5\n\nCloses #6", ["#6"]],
    ["Windows line ends", "```\r\nCloses #5\r\n```\r\nCloses #6\r\n", ["#6"]],
    ["heading", "# Closes #5\nCloses #6", ["#5", "#6"]],
    ["attribute", '<a title="Closes #5">x</a> Closes #6', ["#6"]],
    ["attribute without quotes", "<x Closes #5> Closes #6", ["#6"]],
    ["attribute behind a sign", "<a title='a > b Closes #5'>x</a>", []],
    ["attribute over lines", '<div\n title="\nCloses #5\n- closes #7\n">Closes #6</div>', ["#6"]],
    ["declaration", "<?x Closes #5?> <!x Closes #7> Closes #6", ["#6"]],
    ["what an element holds", "<b>Closes #5</b><details>Closes #6</details>", ["#5", "#6"]],
    ["code in HTML", "<code>Closes #5</code> <TT>Closes #7</TT> Closes #6", ["#6"]],
    ["code in HTML over paragraphs", "<code>\n\nCloses #5\n\n</code> Closes #6", ["#6"]],
    ["pre within a line", "a <pre>Closes #5</pre> Closes #6", ["#6"]],
    ["text of an image", "![Closes #5](x.png) Closes #6", ["#6"]],
    ["text of an image in a link", "[![Closes #5](x.png)](y) Closes #6", ["#6"]],
    ["title of an image", '![x](y.png "Closes #5") Closes #6', ["#6"]],
    ["title of a link", "[x](<y z> 'Closes #5') Closes #6", ["#6"]],
    ["label of a link", "[x][Closes #5] Closes #6", ["#6"]],
    ["definition of a link", '[x]: http://a.b "Closes #5"\n[y]: <Closes #7>\nCloses #6', ["#6"]],
    ["definition over lines", "a\n\n[x]:\n  y\n  'Closes\nCloses #5'\nCloses #6", ["#6"]],
    ["footnote", "a[^1]\n\n[^1]: Closes #5", ["#5"]],
    ["no definition", "a\n[x]: y 'Closes #5'", ["#5"]],
    ["no definition, but a note", "[note]: Closes #5", ["#5"]],
    ["link around it", "[Closes #5](x)", ["#5"]],
    ["no link", "[note](Closes #5, later)", ["#5"]],
    ["brackets", "[x] Closes #5 [y]", ["#5"]],
    ["signs of comparison", "a <b and c> 1, a < b, Closes #5", ["#5"]],
    ["a tag that is none", '<a title="Closes #5', ["#5"]],
    ["a tag in code", '`<a title="` Closes #5 `">`', ["#5"]],
    ["an address", "<https://a.b> Closes #5", ["#5"]],
  ])("%s", (_, text, linked) => {
    expect(names(text)).toEqual(linked);
  });

  it("everything counts in a commit message, which is no Markdown", () => {
    expect(names("<!-- Closes #5 --> `Closes #6`", "commit-message")).toEqual(["#5", "#6"]);
  });
});

describe("hostile texts of 65,536 characters are read in linear time", () => {
  it.each<[what: string, unit: string]>([
    ["backticks", "`"],
    ["backtick runs of growing length", ""],
    ["open comments", "<!-- "],
    ["open comments in paragraphs", "a <!--\n\n"],
    ["open tags", "<a "],
    ["open tags and quotes", "<a \"<a '"],
    ["open code", "<code>"],
    ["open code in paragraphs", "<code>\n\n"],
    ["open images", "!["],
    ["open links", '](x "('],
    ["links and spaces", `](x${" ".repeat(400)}`],
    ["definitions", "[x]: y 'a\n"],
    ["open definitions", "[x]:\n\n"],
    ["spaces and line ends", `\n${" ".repeat(30)}`],
    ["keywords", "fix "],
    ["keywords and spaces", `fix${" ".repeat(40)}`],
    ["owners", "fix a/a"],
    ["numbers", "fix #1"],
    ["list markers", "- "],
    ["quote markers", "> "],
    ["quotes with fences", "> ```\n"],
    ["backslashes", "\\"],
    ["letters", "a"],
    ["spaces", " "],
    ["tabs", "\t"],
    ["hashes", "#"],
  ])("%s", (_, unit) => {
    const growing = Array.from({ length: 360 }, (_, i) => `${"`".repeat(i)} `).join("");
    const text = (unit === "" ? growing : unit.repeat(Math.ceil(65_536 / unit.length))).slice(0, 65_536);
    expect(parseClosingKeywords(text, here).length).toBeLessThanOrEqual(50);
  });
});

interface Case {
  id: string;
  repo: string;
  place: string;
  text: string;
  expected_linked: { repo: string | null; number: number }[];
  certainty: string;
}

const file = referenceData("closing-keywords.json");
const cases: Case[] = file === undefined ? [] : JSON.parse(readFileSync(file, "utf8")).cases;

describe.runIf(cases.length > 0)("documented and reported cases", () => {
  const certain = cases.filter(({ certainty }) => certainty === "documented" || certainty === "reported");

  // Comments are never read for keywords, so a case about one has nothing to call.
  it.each(certain.filter(({ place }) => place !== "pr_comment"))("$id", ({ repo, place, text, expected_linked }) => {
    const [owner = "", name = ""] = repo.split("/");
    const kind = place === "commit_message" ? "commit-message" : "pull-request";
    const linked = parseClosingKeywords(text, { owner, repo: name }, kind);
    expect(linked.map((issue) => ({ repo: `${issue.owner}/${issue.repo}`, number: issue.number }))).toEqual(
      expected_linked.map((issue) => ({ repo: issue.repo ?? repo, number: issue.number })),
    );
  });
});
