import { expect, it } from "vitest";
import { jsonAnswer } from "../../src/command-line/json-answer.ts";

it.each([
  ["ordinary text", "Größe 10 µm, naïve 漢字 🙂", "Größe 10 µm, naïve 漢字 🙂"],
  ["a color", "\u001b[31mred", "\\u001b[31mred"],
  ["delete", "a\u007fb", "a\\u007fb"],
  ["controls of eight bits", "a\u009b31mb\u0085c", "a\\u009b31mb\\u0085c"],
  ["reversed text", "a\u202ecod.exe\u202c\u2066\u061c", "a\\u202ecod.exe\\u202c\\u2066\\u061c"],
  ["zero-width characters", "a\u200b\u200d\u2060\ufeff\u00adb", "a\\u200b\\u200d\\u2060\\ufeff\\u00adb"],
  ["line ends of Unicode", "a\u2028\u2029b", "a\\u2028\\u2029b"],
  ["an invisible tag of two units", "a\u{e0041}b", "a\\udb40\\udc41b"],
  ["half a character", "a\ud800b", "a\\ud800b"],
])("%s is text in JSON that a terminal can show", (_, text, written) => {
  const json = jsonAnswer("modelsync-review", { [text]: text });
  expect(json).toBe(`{\n  "format": "modelsync-review",\n  "version": 1,\n  "${written}": "${written}"\n}`);
  expect(JSON.parse(json)).toEqual({ format: "modelsync-review", version: 1, [text]: text });
});
