import type { Metric, Scored } from "../metrics/metric.ts";
import { pairedPermutationTest } from "../stats/permutation-test.ts";
import { createRandom } from "../stats/random.ts";
import { lossDifferences } from "./loss-difference.ts";
import type { PairedSample } from "./paired-sample.ts";

/** Swaps are drawn so often that a correction over many slices can pass, and less often on many rows, where they cost more. */
const mostSwaps = 20_000;
const fewestSwaps = 200;
const evaluatedRows = 20_000_000;
/** A sum of losses is cheaper than a metric. */
const fewestSums = 2000;
const summedRows = 200_000_000;
/** After so many swaps as extreme as the sample nobody needs to know more (Besag and Clifford 1991). */
const enoughExtreme = 50;

/**
 * Paired permutation test of any metric (Fisher 1935; Pitman 1937): if base and head were alike, each row, or each group of
 * rows, could as well have had their answers swapped. The two-sided p-value is the share of swaps in which the difference
 * is as large as it is. It takes nothing for granted about the rows but their independence, so it also holds where a few
 * rows or groups decide: three can't get below ¼. When few units differ, every swap is looked at, otherwise drawn ones.
 */
export function swapTest(metric: Metric, sample: PairedSample, difference: number, seed: number): number {
  const units = unitsOf(sample);
  const random = createRandom(`${seed} swap`);
  if (metric.rowLoss !== null) {
    const losses = lossDifferences(metric.rowLoss, sample);
    const sums = new Float64Array(units.count);
    for (let row = 0; row < sample.rows; row++) sums[units.of[row]!]! += losses[row]!;
    const swaps = Math.round(Math.min(mostSwaps, Math.max(fewestSums, summedRows / units.count)));
    const test = pairedPermutationTest(new Float64Array(units.count), sums, random, swaps).value;
    return test?.pValue ?? 1;
  }
  const differing = [...differingUnits(sample, units)];
  const reached = Math.abs(difference) * (1 - 1e-9);
  const evaluate = swapped(metric, sample, units.of);
  const isExtreme = (swap: (unit: number) => boolean) => {
    const value = evaluate(swap);
    return value === null || Math.abs(value) >= reached;
  };
  const drawn = Math.round(Math.min(mostSwaps, Math.max(fewestSwaps, evaluatedRows / sample.rows)));
  const all = 2 ** differing.length;
  const place = new Map(differing.map((unit, at) => [unit, at]));
  let extreme = 0;
  if (all <= drawn) {
    for (let bits = 0; bits < all; bits++)
      if (isExtreme((unit) => ((bits >> (place.get(unit) ?? 30)) & 1) === 1)) extreme++;
    return extreme / all;
  }
  const chosen = new Uint8Array(units.count);
  for (let round = 0; round < drawn; round++) {
    for (const unit of differing) chosen[unit] = random.uint32() & 1;
    if (isExtreme((unit) => chosen[unit] === 1)) extreme++;
    if (extreme === enoughExtreme) return extreme / (round + 1);
  }
  return (extreme + 1) / (drawn + 1);
}

interface Units {
  count: number;
  /** The unit of each row. */
  of: Int32Array;
}

function unitsOf({ rows, groups }: PairedSample): Units {
  const of = groups ?? Int32Array.from({ length: rows }, (_, row) => row);
  return { count: of.reduce((most, unit) => Math.max(most, unit + 1), 0), of };
}

function differingUnits({ rows, base, head }: PairedSample, units: Units): Set<number> {
  const found = new Set<number>();
  const { classes } = head;
  for (let row = 0; row < rows; row++) {
    let differs = base.predicted[row] !== head.predicted[row];
    for (let at = row * classes; !differs && at < (row + 1) * classes; at++) {
      differs = base.probabilities[at] !== head.probabilities[at];
    }
    if (differs) found.add(units.of[row]!);
  }
  return found;
}

/** The metric's difference when the answers of some units are swapped: both sides' rows as one set, each taken by weight. */
function swapped(metric: Metric, { rows, base, head }: PairedSample, unitOf: Int32Array) {
  const both: Scored = {
    ...head,
    actual: joined(base.actual, head.actual),
    predicted: joined(base.predicted, head.predicted),
    probabilities: joined(base.probabilities, head.probabilities) as Float64Array,
  };
  const evaluate = metric.prepare(both);
  const before = new Float64Array(2 * rows);
  const after = new Float64Array(2 * rows);
  return (swap: (unit: number) => boolean): number | null => {
    for (let row = 0; row < rows; row++) {
      const one = swap(unitOf[row]!) ? 1 : 0;
      before[row] = after[rows + row] = 1 - one;
      before[rows + row] = after[row] = one;
    }
    const baseValue = evaluate(before).value;
    const headValue = evaluate(after).value;
    return baseValue === null || headValue === null ? null : headValue - baseValue;
  };
}

function joined(left: Scored["actual"], right: Scored["actual"]): Int32Array | Float64Array {
  const both = left instanceof Int32Array ? new Int32Array(2 * left.length) : new Float64Array(2 * left.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
