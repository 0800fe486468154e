import { countAtMost, countBelow } from "../stats/count-below.ts";
import { hashToUnit } from "../stats/hash.ts";
import type { NumericSample } from "../stats/numeric-sample.ts";
import { quantile } from "../stats/quantile.ts";
import { type CategoricalColumn, countCodes, countMissing } from "../table/table.ts";
import { shortNumber } from "../words.ts";
import { rareRows, rareShare } from "./default-drift-options.ts";

/** How often each value or bin occurs on both sides; `labels` name them for a reader. */
export interface PairedCounts {
  labels: string[];
  base: Float64Array;
  head: Float64Array;
}

export const missingLabel = "(missing)";
export const otherLabel = "(other)";

/**
 * Counts a categorical column of both sides over the union of its categories, sorted by UTF-16 code unit, with missing
 * as a category of its own when it occurs. Cost: O(rows + categories); a million categories take well under a second.
 */
export function countCategories(base: CategoricalColumn, head: CategoricalColumn): PairedCounts {
  const inBase = countCodes(base);
  const inHead = countCodes(head);
  const labels: string[] = [];
  const counts: [number[], number[]] = [[], []];
  const add = (label: string, ...rows: [base: number, head: number]) => {
    if (rows[0] + rows[1] === 0) return;
    labels.push(label);
    counts[0].push(rows[0]);
    counts[1].push(rows[1]);
  };
  let i = 0;
  let j = 0;
  while (i < base.categories.length || j < head.categories.length) {
    const left = base.categories[i];
    const right = head.categories[j];
    const label = right === undefined || (left !== undefined && left <= right) ? left! : right;
    add(label, left === label ? inBase[i++]! : 0, right === label ? inHead[j++]! : 0);
  }
  add(missingLabel, countMissing(base), countMissing(head));
  return { labels, base: Float64Array.from(counts[0]), head: Float64Array.from(counts[1]) };
}

/**
 * Pools what is too rare to compare into `(other)`: under 1 % of the rows on both sides, or under five rows together.
 * Missing is never pooled. One rare category stays as it is, because pooling it would only hide its name.
 */
export function poolRare(counts: PairedCounts): PairedCounts {
  const baseTotal = sum(counts.base);
  const headTotal = sum(counts.head);
  const rare = counts.labels.map((label, i) => {
    const inBase = counts.base[i]!;
    const inHead = counts.head[i]!;
    if (label === missingLabel) return false;
    return (inBase < rareShare * baseTotal && inHead < rareShare * headTotal) || inBase + inHead < rareRows;
  });
  const rareCount = rare.filter(Boolean).length;
  if (rareCount < 2) return counts;
  const kept = counts.labels.flatMap((_, i) => (rare[i] ? [] : [i]));
  const other = (side: Float64Array) => side.reduce((total, count, i) => (rare[i] ? total + count : total), 0);
  return {
    labels: [...kept.map((i) => counts.labels[i]!), otherLabel],
    base: Float64Array.from([...kept.map((i) => counts.base[i]!), other(counts.base)]),
    head: Float64Array.from([...kept.map((i) => counts.head[i]!), other(counts.head)]),
  };
}

/** Into how many groups `groupByHash` puts categories. */
export const hashGroups = 16;

/** Adds categories up in groups by a hash of their name; the same name is in the same group in every revision. */
export function groupByHash({ labels, base, head }: PairedCounts): PairedCounts {
  const grouped: PairedCounts = {
    labels: Array.from({ length: hashGroups + 1 }, (_, group) =>
      group < hashGroups ? `group ${group + 1}` : missingLabel,
    ),
    base: new Float64Array(hashGroups + 1),
    head: new Float64Array(hashGroups + 1),
  };
  for (const [i, label] of labels.entries()) {
    const group = label === missingLabel ? hashGroups : Math.floor(hashToUnit(label, 0) * hashGroups);
    grouped.base[group]! += base[i]!;
    grouped.head[group]! += head[i]!;
  }
  return grouped;
}

/** Counts a numeric column value by value, or null when it has more than `most` distinct values over both sides. */
export function countFewValues(base: NumericSample, head: NumericSample, most: number): PairedCounts | null {
  const values = new Map<number, [number, number]>();
  for (const [side, { sorted }] of [base, head].entries()) {
    for (let i = 0; i < sorted.length; i++) {
      const value = sorted[i]! + 0; // −0 and 0 are the same value
      const found = values.get(value);
      if (found) found[side as 0 | 1]++;
      else if (values.size === most) return null;
      else values.set(value, side === 0 ? [1, 0] : [0, 1]);
    }
  }
  const ordered = [...values].sort(([left], [right]) => left - right);
  return {
    labels: nameNumbers(ordered.map(([value]) => value)),
    base: Float64Array.from(ordered, ([, [inBase]]) => inBase),
    head: Float64Array.from(ordered, ([, [, inHead]]) => inHead),
  };
}

/** Numbers for a reader, by six significant digits, or by all of them when six do not tell them apart. */
function nameNumbers(values: number[]): string[] {
  const short = values.map((value) => shortNumber(value, 6));
  return new Set(short).size === values.length ? short : values.map(String);
}

/** The value that at least `share` of the sample holds (0.5 or more), or null. Cost: O(log n). */
export function dominantValue({ sorted }: NumericSample, share: number): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted[sorted.length >> 1]!;
  const candidates = [middle, sorted[(sorted.length - 1) >> 1]!];
  for (const value of candidates) {
    if (countAtMost(sorted, value) - countBelow(sorted, value) >= share * sorted.length) return value;
  }
  return null;
}

/**
 * Counts a numeric column that one value dominates: that value in its own bin, and the rest cut at the value itself and
 * at the quartiles of the base's other values. A base without other values gives "below", "equal" and "above".
 *
 * Quantile bins alone are blind here, because every quantile is the dominant value; and the Kolmogorov–Smirnov statistic
 * can never exceed the small share of the other values, whatever happens among them.
 */
export function countAroundDominant(base: NumericSample, head: NumericSample, dominant: number): PairedCounts {
  const others = base.sorted.filter((value) => value !== dominant);
  const cuts = others.length < 4 ? [] : [0.25, 0.5, 0.75].map((share) => quantile(others, share));
  const edges = [...new Set([dominant, ...cuts])].sort((left, right) => left - right);
  const labels: string[] = [];
  const counts: [number[], number[]] = [[], []];
  const add = (label: string, count: (sorted: Float64Array) => number) => {
    labels.push(label);
    counts[0].push(count(base.sorted));
    counts[1].push(count(head.sorted));
  };
  add(`below ${shortNumber(edges[0]!)}`, (sorted) => countBelow(sorted, edges[0]!));
  for (const [i, edge] of edges.entries()) {
    const next = edges[i + 1];
    const end = (sorted: Float64Array) => (next === undefined ? sorted.length : countBelow(sorted, next));
    if (edge === dominant) {
      add(nameNumbers([edge])[0]!, (sorted) => countAtMost(sorted, edge) - countBelow(sorted, edge));
    }
    const label = next === undefined ? `above ${shortNumber(edge)}` : `${shortNumber(edge)} to ${shortNumber(next)}`;
    add(label, (sorted) => end(sorted) - (edge === dominant ? countAtMost : countBelow)(sorted, edge));
  }
  return { labels, base: Float64Array.from(counts[0]), head: Float64Array.from(counts[1]) };
}

export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
