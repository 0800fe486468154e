import { describe, expect, it } from "vitest";
import { longestReason, parseCommands } from "../../src/commands/parse-commands.ts";

const waive = (more: object = {}) => ({
  name: "waive",
  target: "data-drift",
  reason: "new survey wave, agreed in #12",
  until: null,
  ...more,
});
const text = "/modelsync waive data-drift reason: new survey wave, agreed in #12";

describe("a command", () => {
  it.each<[string, string, object[]]>([
    ["alone", text, [waive()]],
    ["after words", `As we said:\n\n${text}\r\nThanks`, [waive()]],
    ["in the middle of a paragraph", `As we said:\n${text}`, [waive()]],
    ["for the policy", "/modelsync policy", [{ name: "policy" }]],
    ["in capitals", "/ModelSync RERUN", [{ name: "rerun" }]],
    ["with a last day", `${text} until: 2027-01-31`, [waive({ until: "2027-01-31" })]],
    [
      "with the last day first",
      "/modelsync waive data-drift until: 2027-01-31 reason: so",
      [waive({ reason: "so", until: "2027-01-31" })],
    ],
    [
      "with Markdown and code in its reason",
      "/modelsync waive x reason: **see** `a: b` @ada closes #1",
      [waive({ target: "x", reason: "**see** `a: b` @ada closes #1" })],
    ],
    ["without a word", "/modelsync", [{ name: "help" }]],
    [
      "two of them",
      "/modelsync unwaive data-drift\n/modelsync explain x",
      [
        { name: "unwaive", target: "data-drift" },
        { name: "explain", target: "x" },
      ],
    ],
    ["with the check in code", text.replace("data-drift", "`data-drift`"), [waive()]],
    ["after a quote and an empty line", `> old\n\n${text}`, [waive()]],
  ])("%s", (_, comment, expected) => {
    expect(parseCommands(comment)).toEqual(expected);
  });
});

describe("no command is", () => {
  it.each<[string, string]>([
    ["a quoted one", `> ${text}`],
    ["one that continues a quote", `> As ada said\n${text}`],
    ["one that continues it further", `> As ada said\nand so on\n${text}`],
    ["one in a fence", `\`\`\`\n${text}\n\`\`\``],
    ["one in an open fence", `~~~\n${text}`],
    ["one in indented code", `Like this:\n\n    ${text}`],
    ["one in a code span over lines", `\`a\n${text}\n\``],
    ["one in an HTML comment", `<!--\n${text}\n-->`],
    ["one in preformatted HTML", `<pre>\n${text}\n</pre>`],
    ["one that continues a quote in a list", `- > As ada said\n${text}`],
    ["one that continues a quote in an item of several paragraphs", `10. So:\n\n    > As ada said\n${text}`],
    ["one in code of HTML", `<code>\n${text}\n</code>`],
    ["one struck out in HTML", `<del>\n${text}\n</del>`],
    ["one in a quote of HTML", `<blockquote>\n\n${text}\n\n</blockquote>`],
    ["one within a line", `Please say ${text}`],
    ["one in a list", `- ${text}`],
    ["another word", "/modelsyncs waive"],
    ["an empty comment", ""],
  ])("%s", (_, comment) => {
    expect(parseCommands(comment)).toEqual([]);
  });
});

describe("a mistake", () => {
  it.each<[string, string]>([
    ["/modelsync wave data-drift reason: x", "There is no such command. Did you mean waive?"],
    ["/modelsync approve", "There is no such command. The commands are waive, unwaive, explain, policy, rerun, help."],
    ["/modelsync waive", "waive needs the name of a check."],
    ["/modelsync waive reason: x", "waive needs the name of a check."],
    ["/modelsync waive data-drift", "A waiver needs a reason."],
    ["/modelsync waive data-drift reason: –", "A waiver needs a reason."],
    ["/modelsync waive data-drift `reason: x`", "waive takes one check, then its reason."],
    ["/modelsync waive data-drift data-schema reason: x", "waive takes one check, then its reason."],
    ["/modelsync waive data-drift reason: x reason: y", "reason: stands twice."],
    ["/modelsync waive data-drift reason: x until: 2027-02-30", "until: takes a day such as 2027-01-31"],
    ["/modelsync waive data-drift reason: x until: tomorrow", "until: takes a day such as 2027-01-31"],
    ["/modelsync waive data-drift until: 2027-02-03 reason:", "A waiver needs a reason."],
    ["/modelsync rerun please", "rerun takes nothing more."],
    ["/modelsync unwaive", "unwaive needs the name of a check."],
    ["/modelsync unwaive a b", "unwaive takes one check."],
  ])("%s", (comment, message) => {
    expect(parseCommands(comment)).toEqual([
      { name: "mistake", written: comment, message: expect.stringContaining(message) },
    ]);
  });
});

it("cuts a reason of 10,000 characters", () => {
  const [command] = parseCommands(`/modelsync waive x reason: ${"é".repeat(10_000)}`);
  expect(command).toEqual({ name: "waive", target: "x", reason: `${"é".repeat(longestReason - 1)}…`, until: null });
});

it("reads ten commands of a comment", () => {
  const found = parseCommands("/modelsync rerun\n".repeat(1000));
  expect(found.map(({ name }) => name)).toEqual([...Array(10).fill("rerun"), "mistake"]);
});

it("takes time in proportion to the text", () => {
  const hostile = "/modelsync waive ".repeat(4000) + "`".repeat(1000);
  const began = performance.now();
  parseCommands(hostile);
  expect(performance.now() - began).toBeLessThan(2000);
});
