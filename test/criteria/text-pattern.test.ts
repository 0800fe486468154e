import { describe, expect, it } from "vitest";
import { matchesPattern, textPattern } from "../../src/criteria/text-pattern.ts";

it.each<[pattern: string, text: string, matches: boolean]>([
  ["tests", "I added Tests for it", true],
  ["tests", "no", false],
  ["a.b", "a.b", true],
  ["a.b", "axb", false],
  ["/a.b/", "axb", true],
  ["/^docs?$/", "DOC", true],
  ["/^docs?$/", "docs too", false],
  ["/", "a/b", true],
  ["//", "a//b", true],
])("%s in %j: %s", (pattern, text, matches) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

describe("patterns that can't be used are refused", () => {
  it.each(["/(/", "/(?=a)/", "/(a)\\1/", "", "a".repeat(201)])("%j", (pattern) => {
    expect(textPattern.safeParse(pattern).success).toBe(false);
  });
});

it("can't be stalled", () => {
  expect(matchesPattern("/(a+)+$/", `${"a".repeat(50_000)}b`)).toBe(false);
});
