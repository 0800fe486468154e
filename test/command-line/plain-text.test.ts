import { expect, it } from "vitest";
import { plainText } from "../../src/command-line/plain-text.ts";

it.each([
  ["ordinary text", "Größe 10 µm, naïve 漢字", "Größe 10 µm, naïve 漢字"],
  ["several lines", "a\r\nb\tc\n\nd", "a b c d"],
  ["a color", "\u001b[31mred\u001b[0m", "red"],
  ["a cleared screen", "\u001b[2J\u001b[Hgone", "gone"],
  ["a window title", "\u001b]0;owned\u0007name", "name"],
  ["a link", "\u001b]8;;http://evil.example\u001b\\text\u001b]8;;\u001b\\", "text"],
  ["an unfinished sequence", "\u001b[", "["],
  ["control bytes of eight bits", "a\u009b31mb", "a31mb"],
  ["reversed text", "a\u202ecod.exe\u202c", "acod.exe"],
  ["invisible characters", "a\u200b\u2060\ufeffb", "ab"],
  ["an invisible tag, and a letter of Hangul that is blank", "a\u{e0041}\u3164b", "ab"],
  ["the null byte", "a\0b", "ab"],
])("%s", (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

it("is cut where asked", () => {
  expect(plainText("x".repeat(600), 10)).toBe("xxxxxxxxx…");
});
