import { RE2JS } from "re2js";
import { z } from "zod";
import type { RefinementParams } from "../../pipeline/experiment/zod-problems.ts";

/**
 * How people name a piece of text in a policy: plain text that must occur, whatever its case; or `/pattern/` in RE2
 * syntax, which can't backtrack, so that no pattern can stall a review.
 */
export const textPattern = z
  .string()
  .min(1)
  .max(200)
  .refine((written) => compile(written) !== null, {
    message: "The pattern is not valid RE2 syntax.",
    params: {
      code: "bad-pattern",
      allowed: "plain text, or a pattern in RE2 syntax between slashes",
      remedy: "Correct the pattern. RE2 has no look-around and no back-references.",
    } satisfies RefinementParams,
  });

/** Where the text holds what was asked for first; null when it does not. */
export function findPattern(written: string, text: string): { start: number; end: number } | null {
  const pattern = compile(written);
  if (pattern === null) return null;
  if (pattern !== "plain") {
    const matcher = pattern.matcher(text);
    return matcher.find() ? { start: matcher.start(), end: matcher.end() } : null;
  }
  const start = text.toLowerCase().indexOf(written.toLowerCase());
  return start === -1 ? null : { start, end: start + written.length };
}

/** Whether the text holds what was asked for. */
export function matchesPattern(written: string, text: string): boolean {
  return findPattern(written, text) !== null;
}

function compile(written: string): RE2JS | "plain" | null {
  if (written.length < 3 || !written.startsWith("/") || !written.endsWith("/")) return "plain";
  try {
    return RE2JS.compile(written.slice(1, -1), RE2JS.CASE_INSENSITIVE);
  } catch {
    return null;
  }
}
