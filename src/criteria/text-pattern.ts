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

/** Whether the text holds what was asked for. */
export function matchesPattern(written: string, text: string): boolean {
  const pattern = compile(written);
  if (pattern === null) return false;
  return pattern === "plain" ? text.toLowerCase().includes(written.toLowerCase()) : pattern.matcher(text).find();
}

function compile(written: string): RE2JS | "plain" | null {
  if (written.length < 3 || !written.startsWith("/") || !written.endsWith("/")) return "plain";
  try {
    return RE2JS.compile(written.slice(1, -1), RE2JS.CASE_INSENSITIVE);
  } catch {
    return null;
  }
}
