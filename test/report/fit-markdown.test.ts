import fc from "fast-check";
import { expect, it } from "vitest";
import { fitMarkdown, sizeOf } from "../../src/report/fit-markdown.ts";

const note = (leftOut: number) => `(${leftOut} left out)`;

it("leaves alone what fits", () => {
  expect(fitMarkdown("a\nb", 3, note)).toBe("a\nb");
});

it.each<[what: string, markdown: string, limit: number, fitted: string]>([
  ["cuts between lines", `${"x".repeat(10)}\n${"y".repeat(40)}`, 40, `${"x".repeat(10)}\n\n(41 left out)`],
  ["never within a fence", `a\n\`\`\`sh\n${"y\n".repeat(30)}\`\`\`\nb`, 40, "a\n\n(72 left out)"],
  ["no heading stays alone", `a\n\n#### b\n\n${"y".repeat(60)}`, 40, "a\n\n(70 left out)"],
  ["nothing fits", "x".repeat(100), 40, "(100 left out)"],
])("%s", (_, markdown, limit, fitted) => {
  expect(fitMarkdown(markdown, limit, note)).toBe(fitted);
});

it("never exceeds the limit, counts bytes, and accounts for every character", () => {
  const line = fc.constantFrom("", "#### title", "```sh", "```", "| a | b |", "ünï 😀 códe", "x".repeat(50));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 30, max: 1500 }), (lines, limit) => {
      const markdown = lines.join("\n");
      const fitted = fitMarkdown(markdown, limit, note);
      expect(sizeOf(fitted)).toBeLessThanOrEqual(limit);
      if (fitted === markdown) return;
      const kept = fitted.replace(/\n*\(\d+ left out\)$/, "");
      expect(markdown.startsWith(kept)).toBe(true);
      expect(fitted.endsWith(note(markdown.length - kept.length))).toBe(true);
    }),
  );
});
