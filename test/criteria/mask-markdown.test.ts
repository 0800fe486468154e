import fc from "fast-check";
import { expect, it } from "vitest";
import { maskCharacter, maskMarkdown } from "../../src/criteria/mask-markdown.ts";

const shown = (text: string, codeSpans: boolean, quotes: boolean) =>
  maskMarkdown(text, { codeSpans, quotes, markup: false }).replaceAll(maskCharacter, "·");

it.each<[text: string, spansAndQuotes: string, neither: string]>([
  ["a `b` c", "a ··· c", "a `b` c"],
  ["> a `b`", "·······", "> a `b`"],
  ["a <!-- b --> c", "a ·········· c", "a ·········· c"],
  ["`<!-- a -->` b", "············ b", "`<!-- a -->` b"],
  ["```\na\n```\nb", "···\n·\n···\nb", "···\n·\n···\nb"],
  ["> ```\n> a\nb", "·····\n···\nb", "> ···\n> ·\nb"],
])("%j", (text, spansAndQuotes, neither) => {
  expect([shown(text, true, true), shown(text, false, false)]).toEqual([spansAndQuotes, neither]);
});

it("keeps every place: only characters are replaced, never lines", () => {
  const pieces = fc.constantFrom(
    "`",
    "``",
    "```",
    "~~~",
    "<!--",
    "-->",
    "> ",
    "- ",
    "    ",
    "\t",
    "\n",
    "\r\n",
    "a",
    "\\",
    "<pre>",
    "</pre>",
    "1. ",
    "# ",
    "<a ",
    "<code>",
    '"',
    ">",
    "![",
    "](",
    ")",
    "[x]: y",
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 60 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (parts, codeSpans, quotes, markup) => {
        const text = parts.join("");
        const masked = maskMarkdown(text, { codeSpans, quotes, markup });
        const kept = [...masked].every((character, i) => character === text[i] || character === maskCharacter);
        expect([masked.length, masked.split("\n").length, kept]).toEqual([text.length, text.split("\n").length, true]);
      },
    ),
    { numRuns: 500 },
  );
});
