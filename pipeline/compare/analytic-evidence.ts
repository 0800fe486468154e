import type { Scored } from "../metrics/metric.ts";
import { deLong } from "../stats/delong.ts";
import { mcNemar } from "../stats/mcnemar.ts";
import { tangoInterval } from "../stats/tango-interval.ts";
import type { Evidence, MeasureOptions, Values } from "./evidence.ts";
import type { PairedSample } from "./paired-sample.ts";

/**
 * Evidence by a formula for independent rows, where there is one: the exact McNemar test with Tango's interval for
 * shares of right rows, DeLong's test for areas under the curve of two classes. Null for other metrics and for rows in groups.
 */
export function analyticEvidence(sample: PairedSample, values: Values, options: MeasureOptions): Evidence | null {
  if (sample.groups !== undefined) return null;
  const { pairedTest } = values.metric;
  if (pairedTest === "mcnemar") return byScore(sample, values, options);
  return pairedTest === "delong" ? byDeLong(sample, values, options) : null;
}

function byScore(sample: PairedSample, values: Values, { level }: MeasureOptions): Evidence | null {
  const [onlyBase, onlyHead] = discordant(sample);
  const exact = mcNemar(onlyBase, onlyHead).value;
  const score = tangoInterval(onlyBase, onlyHead, sample.rows, { level }).value;
  if (exact === null || score === null) return null;
  const n = sample.rows;
  // where no row differs nothing could have been different
  const none = onlyBase + onlyHead === 0;
  return {
    ...values,
    difference: score.difference,
    interval: none ? { low: 0, high: 0, level } : { low: score.low, high: score.high, level },
    test: "exact McNemar",
    p: exact.pValue,
    standardError: Math.sqrt((onlyBase + onlyHead - (onlyHead - onlyBase) ** 2 / n) / (n * (n - 1))),
    caution: null,
    reason: null,
  };
}

function byDeLong({ base, head }: PairedSample, values: Values, { level }: MeasureOptions): Evidence | null {
  if (base.task !== "binary" || base.positive === null) return null;
  const positive = base.positive;
  const isPositive = Uint8Array.from(base.actual, (actual) => (actual === positive ? 1 : 0));
  const test = deLong(isPositive, scores(base, positive), scores(head, positive), { level }).value;
  if (test === null) return null;
  const { low, high } = test.interval;
  return {
    ...values,
    difference: test.difference,
    interval: { low, high, level },
    test: "DeLong",
    p: test.pValue,
    standardError: test.standardError,
    caution: null,
    reason: null,
  };
}

function scores({ probabilities, classes, actual }: Scored, positive: number): Float64Array {
  return Float64Array.from(actual, (_, row) => probabilities[row * classes + positive]!);
}

/** Rows that only the base gets right, and rows that only the head gets right. */
function discordant({ base, head }: PairedSample): [number, number] {
  let onlyBase = 0;
  let onlyHead = 0;
  for (let row = 0; row < base.actual.length; row++) {
    const baseRight = base.predicted[row] === base.actual[row];
    const headRight = head.predicted[row] === head.actual[row];
    if (baseRight && !headRight) onlyBase++;
    if (headRight && !baseRight) onlyHead++;
  }
  return [onlyBase, onlyHead];
}
