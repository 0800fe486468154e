import { describe, expect, it } from "vitest";
import { holdoutDigest } from "../../../pipeline/compare/holdout-digest.ts";

describe("holdoutDigest", () => {
  it.each([
    { why: "the same rows in another order", left: ["b#0", "a#0"], right: ["a#0", "b#0"], same: true },
    { why: "one row more", left: ["a#0"], right: ["a#0", "b#0"], same: false },
    { why: "a second occurrence", left: ["a#0"], right: ["a#1"], same: false },
    { why: "a line break inside a key", left: ["a\n1 b"], right: ["a", "b"], same: false },
    { why: "no rows", left: [], right: [], same: true },
  ])("of $why is the same: $same", ({ left, right, same }) => {
    expect(holdoutDigest(left) === holdoutDigest(right)).toBe(same);
  });

  it("never changes between versions", () => {
    expect(holdoutDigest(["a#0"])).toBe("6d6234aa3819c0936ab8703cb1ca6151221dc024c0eed858a92322947e5770bc");
  });
});
