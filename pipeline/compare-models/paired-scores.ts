import type { PairedSample } from "../compare/paired-sample.ts";
import type { Scored } from "../metrics/metric.ts";

/**
 * Two models' answers about the very same rows, as the paired tests take them.
 *
 * @param groups the group of each row, when rows of one group are not independent
 */
export function pairScores(base: Scored, head: Scored, groups?: Int32Array): PairedSample {
  const rows = base.actual.length;
  const places = Int32Array.from({ length: rows }, (_, row) => row);
  return { rows, base, head, baseRows: places, headRows: places, ...(groups === undefined ? {} : { groups }) };
}
