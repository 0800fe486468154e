import { withoutMetricName } from "./metric-names.ts";

const symbol = /[<>=≤≥]/;
const number = /(?<![\w#./-])[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:e[-+]?\d+)?(?:pct|percent|pp)?(?![a-z\d_])/i;
const words =
  /\b(?:at least|at most|improv(?:es?|ed) by|(?:not|no|never) (?:be |get |become )?(?:worse|regress|drop|degrade))\b/i;

/**
 * Whether a text was meant to be measured, though it has no form that can be: it names a metric and beside it a number
 * or a comparison, or it limits drift. "document the accuracy section" and "add 3 tests" are neither.
 *
 * @param plain see `plainCriterion`
 */
export function resemblesCriterion(plain: string): boolean {
  const rest = withoutMetricName(plain);
  if (rest !== null && (symbol.test(rest) || number.test(rest) || words.test(rest))) return true;
  if (!/\bdrift/i.test(plain)) return false;
  return /^(?:there (?:is|must be|should be) )?(?:no|zero|without)\b/i.test(plain) || symbol.test(plain);
}
