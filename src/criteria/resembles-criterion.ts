import { resemblesMeasure } from "./measured-words.ts";
import { withoutMetricName } from "./metric-names.ts";

const symbol = /[<>=≤≥]/;
const number = /(?<![\w#./-])[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:e[-+]?\d+)?(?:pct|percent|pp)?(?![a-z\d_])/i;
const moves = "(?:decreas|drop|fall|declin|go down|increas|ris|grow|go up|worse|regress|degrad|deteriorat)";
const words = new RegExp(
  `\\b(?:at least|at most|improv(?:es?|ed) by|(?:not|no|never|cannot|n['’]t) (?:be |get |become )?${moves}|as good as|(?:better|worse|higher|lower|greater|less|more) than|(?:must|should|shall) ${moves})`,
  "i",
);
/** What people do about a metric is no demand on its value. */
const work =
  /^(?:please )?(?:add|analy[sz]e|describe|discuss|document|explain|investigate|list|mention|name|note|plot|report|say|show|tell|update|write)\b/i;
const left = /^([^<>=≤≥]{1,100})[<>=≤≥]/;

/**
 * Whether a text was meant to be measured, though it has no form that can be: it names a metric and beside it a number
 * or a comparison, or it compares what resembles a measure, or it limits drift. "document the accuracy section" and "add 3 tests" are neither.
 *
 * @param plain see `plainCriterion`
 */
export function resemblesCriterion(plain: string): boolean {
  const rest = withoutMetricName(plain);
  if (rest !== null && (symbol.test(rest) || number.test(rest))) return true;
  if (rest !== null && words.test(rest) && !work.test(plain)) return true;
  const compared = left.exec(plain)?.[1];
  if (compared !== undefined && resemblesMeasure(compared)) return true;
  if (!/\bdrift/i.test(plain)) return false;
  return /^(?:there (?:is|must be|should be) )?(?:no|zero|without)\b/i.test(plain) || symbol.test(plain);
}
