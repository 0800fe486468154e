import type { PairedSample } from "../../pipeline/compare/paired-sample.ts";
import type { Scored } from "../../pipeline/metrics/metric.ts";
import { normalCdf } from "../../pipeline/stats/normal-distribution.ts";
import type { Random } from "../../pipeline/stats/random.ts";

/** Rows of persons: each has her own level and is misjudged by each model in her own way. */
export function drawPersons(persons: number, random: Random): PairedSample {
  const [actual, groups, base, head]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let person = 0; person < persons; person++) {
    const level = random.normal();
    const errors = [0.5 * random.normal(), 0.8 * random.normal()];
    for (let row = 4 + random.below(13); row > 0; row--) {
      const signal = level + random.normal();
      groups.push(person);
      actual.push(random.uniform() < normalCdf(1.5 * signal) ? 1 : 0);
      base.push(normalCdf(signal + errors[0]! + 0.3 * random.normal()));
      head.push(normalCdf(signal + errors[1]! + 0.5 * random.normal()));
    }
  }
  const side = (says: number[]): Scored => ({
    task: "binary",
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(says, (p) => (p > 0.5 ? 1 : 0)),
    probabilities: Float64Array.from(says.flatMap((p) => [1 - p, p])),
    classes: 2,
    positive: 1,
  });
  const none = new Int32Array(0);
  const sides = { base: side(base), head: side(head), baseRows: none, headRows: none };
  return { rows: actual.length, ...sides, groups: Int32Array.from(groups) };
}
