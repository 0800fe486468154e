import { describe, expect, it } from "vitest";
import { cleanText, escapeCode, escapeMarkdown } from "../../src/report/escape-markdown.ts";

const gap = "&#8203;";

describe("as text", () => {
  it.each<[text: string, escaped: string]>([
    ["plain words, 0.86 (ok); it's 5 % – fine!", "plain words, 0.86 (ok); it's 5 % – fine!"],
    ["a|b", "a&#124;b"],
    ["*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"],
    ["[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"],
    ["<img src=x> & </details>", "&lt;img src=x&gt; &amp; &lt;/details&gt;"],
    ["a\\b", "a\\\\b"],
    ["$x$", "\\$x\\$"],
    ["@ada and @acme/team", `@${gap}ada and @${gap}acme/team`],
    ["fixes #12", `fixes #${gap}12`],
    ["acme/ml#12", `acme/ml#${gap}12`],
    ["GH-12 gh-3 high-3", `GH-${gap}12 gh-${gap}3 high-${gap}3`],
    ["https://a.b and ftp://c", `https:${gap}//a.b and ftp:${gap}//c`],
    ["www.a.b", `www${gap}.a.b`],
    [":tada: 12:30 :x:", `:${gap}tada: 12:30 :${gap}x:`],
    ["c91e7d0aa and deadbeef and 1234567", `c91e7d${gap}0aa and deadbeef and 1234567`],
    ["- a", "\\- a"],
    ["+ a", "\\+ a"],
    ["1. a", "1\\. a"],
    ["1) a", "1\\) a"],
    [" 123456789. a", " 123456789\\. a"],
    ["1.", "1\\."],
    ["2)\t", "2\\) "],
    ["0.8045", "0.8045"],
    ["-0.8045", "\\-0.8045"],
    ["# a", `#${gap} a`],
    ["> a", "&gt; a"],
    ["a\n\n- b\r\n    c\td", "a - b c d"],
    ["a\u202Eb\u200Bc\u0000d\uFEFFe\u{E0041}f\u00ADg", "abcd efg"],
    ["\uD800", "\uFFFD"],
    ["-->", "\\--&gt;"],
    ["", ""],
  ])("%j", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe("as code", () => {
  it.each<[text: string, escaped: string]>([
    ["sex = Female", "`sex = Female`"],
    ["<=50K", "`<=50K`"],
    ["@ada #1 *a*", "`@ada #1 *a*`"],
    [" a ", "`a`"],
    ["a\nb", "`a b`"],
    ["a`b", "<code>a&#96;b</code>"],
    ["a|b*", "<code>a&#124;b&#42;</code>"],
    ["|😀", "<code>&#124;&#128512;</code>"],
    ["", "`(empty)`"],
    ["\u200B", "`(empty)`"],
  ])("%j", (text, escaped) => {
    expect(escapeCode(text)).toBe(escaped);
  });
});

it("cuts what is too long, by characters and never within one", () => {
  expect(cleanText("a".repeat(200))).toBe("a".repeat(200));
  expect(cleanText("a".repeat(201))).toBe(`${"a".repeat(199)}…`);
  expect(cleanText("😀".repeat(500))).toBe(`${"😀".repeat(199)}…`);
  expect(cleanText("x".repeat(5_000_000))).toHaveLength(200);
});
