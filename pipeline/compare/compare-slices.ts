import type { Metric } from "../metrics/metric.ts";
import type { Column } from "../table/table.ts";
import { formatCount } from "../words.ts";
import type { Slice } from "./comparison.ts";
import { type Evidence, type MeasureOptions, untested } from "./evidence.ts";
import { measureMetrics } from "./measure-metric.ts";
import { type PairedSample, subsample } from "./paired-sample.ts";
import { sliceCondition } from "./slice-condition.ts";
import { sliceValues } from "./slice-values.ts";

export interface SliceOptions extends MeasureOptions {
  /** The metrics by which the slices of configured columns are judged; when none is defined for the task, all are. */
  gated: readonly string[];
  /** Columns whose every value with enough rows is compared. */
  sliceColumns: readonly string[];
  /** Slices that are compared whatever their size. */
  slices: readonly Slice[];
  /** A column of each side's table, indexed by data row; null when there is none of that name. */
  headColumn: (name: string) => Column | null;
  baseColumn?: (name: string) => Column | null;
}

const mostResamples = 1000;

export interface SliceEvidence {
  slice: Slice;
  rows: number;
  evidence: Evidence[];
}

/** A value of a sliced column needs this many common rows; below it, intervals are too wide to act on. */
export const minimumSliceRows = 30;

/** The values with most rows are compared when a column has more than this, so that a review stays fast and readable. */
export const mostSlicesPerColumn = 20;

/**
 * Measures the metrics within slices of the common rows: the gated ones for every value of the configured columns with
 * at least 30 rows, and all of them for the single slices that were asked for, even small ones. A slice that cannot be
 * found has no rows and says why. Intervals are drawn from at most 1,000 resamples: those of a slice are wide anyway.
 */
export function measureSlices(
  sample: PairedSample,
  metrics: readonly Metric[],
  given: SliceOptions,
): { slices: SliceEvidence[]; reasons: string[] } {
  const options = { ...given, resamples: Math.min(given.resamples, mostResamples) };
  const gated = metrics.filter((metric) => options.gated.includes(metric.id));
  const asked = new Set(options.slices.map(identity));
  const reasons: string[] = [];
  const found = new Map<string, SliceEvidence>();
  for (const name of new Set(options.sliceColumns)) {
    const column = options.headColumn(name);
    if (column === null) {
      reasons.push(`There are no slices by "${name}": the data has no such column.`);
      continue;
    }
    const { chosen, reason } = chooseSlices(sample, column, options);
    if (reason !== null) reasons.push(reason);
    for (const { slice, positions } of chosen) {
      const measured = gated.length > 0 && !asked.has(identity(slice)) ? gated : metrics;
      found.set(identity(slice), measure(sample, slice, positions, measured, options));
    }
  }
  for (const slice of options.slices) {
    if (found.has(identity(slice))) continue;
    found.set(identity(slice), requested(sample, slice, metrics, options));
  }
  return { slices: [...found.values()], reasons };
}

function chooseSlices(sample: PairedSample, column: Column, options: SliceOptions) {
  const baseColumn = options.baseColumn?.(column.name) ?? null;
  const base = baseColumn && { column: baseColumn, rows: sample.baseRows };
  const sized = sliceValues({ column, rows: sample.headRows }, base).flatMap((value) => {
    const positions = positionsOf(sample, column, value);
    return positions instanceof Int32Array && positions.length >= minimumSliceRows
      ? [{ slice: { column: column.name, value }, positions }]
      : [];
  });
  const largest = sized
    .toSorted((left, right) => right.positions.length - left.positions.length)
    .slice(0, mostSlicesPerColumn);
  const chosen = sized.filter((slice) => largest.includes(slice));
  const reason =
    sized.length === 0
      ? `There are no slices by "${column.name}": no value has ${formatCount(minimumSliceRows)} common hold-out rows.`
      : sized.length > chosen.length
        ? `"${column.name}" has ${formatCount(sized.length)} values with ${formatCount(minimumSliceRows)} rows; the ${formatCount(mostSlicesPerColumn)} with most rows are compared.`
        : null;
  return { chosen, reason };
}

function requested(
  sample: PairedSample,
  slice: Slice,
  metrics: readonly Metric[],
  options: SliceOptions,
): SliceEvidence {
  const column = options.headColumn(slice.column);
  if (column === null) return { slice, rows: 0, evidence: missing(metrics, `the data has no column ${slice.column}`) };
  const positions = positionsOf(sample, column, slice.value);
  if (!(positions instanceof Int32Array)) return { slice, rows: 0, evidence: missing(metrics, positions.problem) };
  if (positions.length === 0) {
    const reason = `no common hold-out row has ${slice.column} = "${slice.value}"`;
    return { slice, rows: 0, evidence: missing(metrics, reason) };
  }
  return measure(sample, slice, positions, metrics, options);
}

function positionsOf(sample: PairedSample, column: Column, value: string): Int32Array | { problem: string } {
  const condition = sliceCondition(column, value);
  if (typeof condition !== "function") return condition;
  const positions: number[] = [];
  for (let position = 0; position < sample.rows; position++) {
    if (condition(sample.headRows[position]!)) positions.push(position);
  }
  return Int32Array.from(positions);
}

function measure(
  sample: PairedSample,
  slice: Slice,
  positions: Int32Array,
  metrics: readonly Metric[],
  options: SliceOptions,
): SliceEvidence {
  return { slice, rows: positions.length, evidence: measureMetrics(subsample(sample, positions), metrics, options) };
}

function missing(metrics: readonly Metric[], reason: string): Evidence[] {
  const none = { value: null, reason };
  return metrics.map((metric) => ({ metric, base: none, head: none, difference: null, ...untested, reason: null }));
}

function identity({ column, value }: Slice): string {
  return JSON.stringify([column, value]);
}
