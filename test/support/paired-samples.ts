import type { PairedSample } from "../../pipeline/compare/paired-sample.ts";
import type { Scored, Task } from "../../pipeline/metrics/metric.ts";
import { createRandom, type Random } from "../../pipeline/stats/random.ts";

/** How wrong both models are, and where the randomness comes from. */
export interface SampleOptions {
  base?: number;
  head?: number;
  random?: Random;
}

/** Rows of one truth, scored by two models with this much noise each. */
export function aSample(
  task: Task,
  rows: number,
  { base = 0.5, head = 0.8, random = createRandom(1) }: SampleOptions = {},
): PairedSample {
  return task === "regression" ? ofNumbers(rows, base, head, random) : ofClasses(task, rows, base, head, random);
}

function ofNumbers(rows: number, base: number, head: number, random: Random): PairedSample {
  const actual = Float64Array.from({ length: rows }, () => 10 + 3 * random.normal());
  const side = (noise: number): Scored => ({
    task: "regression",
    actual,
    predicted: actual.map((value) => value + noise * random.normal()),
    probabilities: new Float64Array(0),
    classes: 0,
    positive: null,
  });
  return paired(side(base), side(head));
}

function ofClasses(task: Task, rows: number, base: number, head: number, random: Random): PairedSample {
  const classes = task === "binary" ? 2 : 3;
  const signals = Array.from({ length: rows }, () => Array.from({ length: classes }, () => 1.5 * random.normal()));
  const actual = Int32Array.from(signals, (signal) => draw(shares(signal), random));
  const side = (noise: number): Scored => {
    const says = signals.map((signal) => shares(signal.map((value) => value + noise * random.normal())));
    return {
      task,
      actual,
      predicted: Int32Array.from(says, (share) => share.indexOf(Math.max(...share))),
      probabilities: Float64Array.from(says.flat()),
      classes,
      positive: task === "binary" ? 1 : null,
    };
  };
  return paired(side(base), side(head));
}

function paired(base: Scored, head: Scored): PairedSample {
  const none = new Int32Array(0);
  return { rows: base.actual.length, base, head, baseRows: none, headRows: none };
}

function shares(signal: number[]): number[] {
  const weights = signal.map((value) => Math.exp(1.5 * value));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function draw(share: number[], random: Random): number {
  let left = random.uniform();
  for (const [which, one] of share.entries()) {
    left -= one;
    if (left < 0) return which;
  }
  return share.length - 1;
}
