import type { Metric } from "../metrics/metric.ts";
import { countEach } from "../stats/count-each.ts";
import { halfOfSquares } from "../stats/leading-shares.ts";
import type { Caution } from "./comparison.ts";
import type { PairedSample } from "./paired-sample.ts";
import { possibleDifference } from "./possible-difference.ts";

/** Half of the variance from so few rows is a variance that nobody knows. */
const leadingRows = 2;
/** Fewer groups or rows of a class give intervals that may cover the truth too seldom. */
export const fewestGroups = 20;
/** A skewed difference is more so over groups. */
export const fewestGroupsSkewed = 60;
export const fewestOfClass = 20;
/** A metric that weighs each class by itself is known as badly as the groups of one class. */
export const fewestGroupsOfClass = 10;
/** Of five rows on which the models disagree no exact test can tell at 5 % who is right. */
const fewestDisagreements = 6;
/** Below so many rows bins are too empty. */
export const fewestBinnedRows = 4000;

/**
 * Why the interval of a metric may be too narrow although it was computed as well as can be; null when nothing speaks
 * against it. Each border is where intervals of simulated samples fall below 93 % coverage (docs/statistics.md).
 *
 * @param influences what each row, or group, contributes to the difference; null where it is not known
 */
export function findCaution(metric: Metric, sample: PairedSample, influences: Float64Array | null): Caution | null {
  const { rows, groups, head } = sample;
  if (groups !== undefined) {
    const count = countGroups(groups);
    const fewest = metric.smoothness === "skewed" ? fewestGroupsSkewed : fewestGroups;
    if (count < fewest) return { kind: "few-groups", groups: count };
    const alike = countAlike(groups);
    if (alike < fewestGroups) return { kind: "uneven-groups", groups: count, alike: Math.floor(alike) };
  }
  if (influences !== null && isUnbounded(metric)) {
    const { count, share } = halfOfSquares(influences);
    const unit = groups === undefined ? "row" : "group";
    if (count > 0 && count <= leadingRows) return { kind: "few-rows", unit, count, of: influences.length, share };
  }
  if (metric.smoothness === "means" || metric.smoothness === "order") return null;
  if (metric.smoothness === "bins") return rows < fewestBinnedRows ? { kind: "biased", rows } : null;
  const smallest = smallestClass(sample);
  if (smallest < fewestOfClass) return { kind: "rare-class", rows: smallest };
  const alike = groups === undefined ? fewestGroupsOfClass : leastAlike(head.actual, groups);
  if (alike < fewestGroupsOfClass) return { kind: "class-in-few-groups", alike: Math.floor(alike) };
  if (metric.needs === "probabilities") return null;
  const disagreements = countDisagreements(sample);
  return disagreements > 0 && disagreements < fewestDisagreements
    ? { kind: "few-disagreements", rows: disagreements }
    : null;
}

/** Losses that one row can make as large as it likes. */
function isUnbounded(metric: Metric): boolean {
  return possibleDifference(metric) === Number.POSITIVE_INFINITY;
}

/** How many groups there are; they are numbered from 0. */
export function countGroups(groups: Int32Array): number {
  return groups.reduce((most, group) => Math.max(most, group + 1), 0);
}

/** How many groups of one size would tell as much as these: (Σ rows)² / Σ rows² over the groups (Kish 1965). */
function countAlike(groups: Int32Array): number {
  return leastAlike(new Int32Array(groups.length), groups);
}

/** The same of the rows of each class, the least of them. */
function leastAlike(classes: PairedSample["head"]["actual"], groups: Int32Array): number {
  const count = countGroups(groups);
  const cells = countEach(Float64Array.from(groups, (group, row) => classes[row]! * count + group));
  const sums = new Map<number, { rows: number; squares: number }>();
  for (const [cell, size] of cells) {
    const { rows, squares } = sums.get(Math.floor(cell / count)) ?? { rows: 0, squares: 0 };
    sums.set(Math.floor(cell / count), { rows: rows + size, squares: squares + size * size });
  }
  return Math.min(...[...sums.values()].map(({ rows, squares }) => rows ** 2 / squares));
}

/** Rows of the rarest class that occurs. */
export function smallestClass({ head }: PairedSample): number {
  return Math.min(...countEach(head.actual).values());
}

/** Rows to which the models give different classes, or numbers. */
export function countDisagreements({ rows, base, head }: PairedSample): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (base.predicted[row] !== head.predicted[row]) count++;
  return count;
}
