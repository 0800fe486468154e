import type { CheckOutcome } from "./verdict.ts";

/**
 * Whether a check can't tell only because models could not be run. Such an answer counts, but says nothing new to a
 * reader who knows of those models.
 *
 * @param broken ids of the models that are known to be broken
 */
export function followsFrom({ result }: CheckOutcome, broken: ReadonlySet<string>): boolean {
  if (result.answer !== "cannot-tell" || result.findings.length === 0) return false;
  return result.findings.every(({ model }) => model !== undefined && broken.has(model));
}
