import { describe, expect, it } from "vitest";
import {
  describeComings,
  describeCounts,
  describeMissing,
  describeNumbers,
} from "../../../pipeline/drift/describe-drift.ts";
import { percent } from "../../../pipeline/words.ts";

describe("describeNumbers", () => {
  it.each([
    { base: [1, 2, 3], head: [2, 3, 4], text: "mean 2 → 3" },
    { base: [1, 2, 3], head: [0, 2, 4], text: "mean 2 → 2, sd 0.816 → 1.63" },
    { base: [1, 2, 3], head: [3, 2, 1], text: "mean 2 → 2" },
    { base: [1000.4], head: [1234567.8], text: "mean 1000 → 1.23e+6" },
    { base: [-1.7e308, 1.7e308], head: [1, 2, 3], text: "median 1.70e+308 → 2" },
    { base: [0], head: [0.000012345], text: "mean 0 → 1.23e-5" },
  ])("$base to $head is $text", ({ base, head, text }) => {
    expect(describeNumbers(Float64Array.from(base), Float64Array.from(head))).toBe(text);
  });
});

describe("describeCounts", () => {
  it.each([
    { labels: ["a", "b"], base: [70, 30], head: [55, 45], text: '"b" 30 % → 45 %' },
    // the pool of rare values moved by more rows, the vanished value by more of itself
    { labels: ["CA", "NY", "(other)"], base: [12, 906, 82], head: [0, 933, 67], text: '"CA" 1.2 % → 0 %' },
    { labels: ["x".repeat(50)], base: [1], head: [1], text: `always "${"x".repeat(39)}…"` },
    { labels: ["a", "b"], base: [70, 0], head: [0, 90], text: 'always "a" → always "b"' },
    { labels: ["a", "b"], base: [70, 0], head: [45, 45], text: '"b" 0 % → 50 %' },
    { labels: ["a", "b"], base: [70, 30], head: [7, 3], text: "no share changed" },
  ])("$base to $head is $text", ({ labels, base, head, text }) => {
    const counts = { labels, base: Float64Array.from(base), head: Float64Array.from(head) };
    const total = (side: number[]) => side.reduce((sum, count) => sum + count, 0);
    expect(describeCounts(counts, total(base), total(head))).toBe(text);
  });
});

describe("describeComings", () => {
  it.each([
    { labels: ["a", "b"], base: [70, 30], head: [55, 45], told: null, text: "" },
    { labels: ["a", "b"], base: [70, 30], head: [70, 0], told: "b", text: "" },
    { labels: ["a", "b", "c"], base: [70, 30, 9], head: [70, 0, 0], told: "b", text: 'also vanished: "c"' },
    { labels: ["a", "b", "c"], base: [70, 30, 0], head: [55, 0, 45], told: "c", text: 'vanished: "b"' },
    { labels: ["a", "b"], base: [70, 4], head: [70, 0], text: "" },
    { labels: ["a", "b"], base: [70, 0], head: [0, 90], text: "" },
    { labels: ["a", "b"], base: [70, 30], head: [7, 0], text: "" },
    { labels: ["a", "b", "c"], base: [70, 30, 0], head: [55, 0, 45], text: 'vanished: "b", new: "c"' },
    {
      labels: ["a", "b", "c", "d", "e", "f"],
      base: [100, 6, 7, 8, 9, 10],
      head: [140, 0, 0, 0, 0, 0],
      text: 'vanished: "f", "e", "d" and 2 more',
    },
  ])("$base to $head is $text", ({ labels, base, head, told = null, text }) => {
    const counts = { labels, base: Float64Array.from(base), head: Float64Array.from(head) };
    const total = (side: number[]) => side.reduce((sum, count) => sum + count, 0);
    expect(describeComings(counts, total(base), total(head), told)).toBe(text);
  });
});

describe("percent", () => {
  it.each([
    [0, "0 %"],
    [0.0004, "<0.1 %"],
    [0.0123, "1.2 %"],
    [0.0996, "10 %"],
    [0.5, "50 %"],
    [0.996, "99.6 %"],
    [0.9996, ">99.9 %"],
    [1, "100 %"],
  ])("%d is %s", (share, text) => {
    expect(percent(share)).toBe(text);
  });
});

it("describes a change of missing cells", () => {
  expect(describeMissing(0, 0.12)).toBe("missing 0 % → 12 %");
});
