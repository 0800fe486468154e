import { standardDeviation } from "simple-statistics";
import type { Metric } from "../metrics/metric.ts";
import { metricsAs } from "../metrics/registry.ts";
import { countEach } from "../stats/count-each.ts";
import { createRandom } from "../stats/random.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { countGroups } from "./caution.ts";
import type { SliceOptions } from "./compare-slices.ts";
import type { DiscoveredSlice, Slice, SliceDiscovery } from "./comparison.ts";
import { judgeMetrics } from "./judge-metrics.ts";
import { lossDifferences } from "./loss-difference.ts";
import { measureMetrics } from "./measure-metric.ts";
import { type PairedSample, subsample } from "./paired-sample.ts";
import { type ConditionColumn, searchSlices } from "./search-slices.ts";
import { missingValue, sliceCondition } from "./slice-condition.ts";
import { sliceValues } from "./slice-values.ts";

export type DiscoverOptions = Omit<SliceOptions, "sliceColumns" | "slices" | "gated"> & {
  /** Columns whose values may make a slice, in any order. */
  columns: readonly string[];
};

/** Halves smaller than this leave too few rows in a slice of a twentieth. */
const fewestRows = 200;
const minimumShare = 0.05;
const fewestSliceRows = 30;
const mostColumns = 60;
const mostValues = 12;
const measuredSlices = 5;
const shownSlices = 3;
/** A slice that lost less than this share of the base's loss in it is not worth a word, however certain. */
const leastShare = 0.05;
/** Nor is one that lost less than this: in Brier score, or in standard deviations of the target. */
const leastLoss = 0.002;
const beam = 20;

/**
 * Finds the slices in which the head got worse most, without being told where to look.
 *
 * A search over thousands of slices always finds a bad one by chance. So the common rows are divided by a seeded draw:
 * slices are searched on one half and measured on the other, which knows nothing of the search. At most five are
 * measured, corrected together (Holm), and up to three are reported that got worse significantly, and whose interval also
 * lies above the mean of all measured rows: a model that is worse everywhere has no worse slice. Their effects are not
 * inflated by the choice, and a chance slice passes with a probability of 1 − level at most. A slice must have lost at
 * least 5 % of the base's loss in it, and 0.002 (Brier score, or standard deviations of the target).
 *
 * Slices have one or two conditions, at least 5 % of the rows and 30 rows, and are judged by the task's metric of
 * the role `slices`, which is the mean of its row losses: bounded for classes, so that no single row makes a slice.
 */
export function discoverSlices(sample: PairedSample, options: DiscoverOptions): SliceDiscovery {
  const none = { slices: [], searched: 0, measured: 0 };
  if (sample.rows < fewestRows) {
    return {
      ...none,
      reason: `the search for slices needs ${formatCount(fewestRows)} common rows, and there are ${formatCount(sample.rows)}`,
    };
  }
  const columns = conditionColumns(sample, options);
  const [searchHalf, measureHalf] = halves(sample, options.seed);
  const [metric] = metricsAs("slices", sample.head.task);
  const losses = lossDifferences(metric.rowLoss!, sample);
  const worsening = Float64Array.from(searchHalf, (row) => losses[row]!);
  const minimumRows = Math.max(fewestSliceRows, Math.ceil(minimumShare * searchHalf.length));
  const searchColumns = columns.used.map((column) => ({
    ...column,
    codes: Int32Array.from(searchHalf, (row) => column.codes[row]!),
  }));
  const { candidates, searched } = searchSlices(worsening, searchColumns, { minimumRows, beam, keep: measuredSlices });
  const found = candidates.map(({ conditions }) => ({
    conditions,
    rows: rowsWith(conditions, columns.used, sample.rows),
    measuredOn: rowsWith(conditions, columns.used, sample.rows, measureHalf),
  }));
  const average = measureHalf.reduce((sum, row) => sum + losses[row]!, 0) / measureHalf.length;
  return {
    slices: confirm(sample, metric, found, average, options),
    searched,
    measured: found.length,
    reason: columns.reason,
  };
}

interface Found {
  conditions: Slice[];
  rows: Int32Array;
  measuredOn: Int32Array;
}

function confirm(
  sample: PairedSample,
  metric: Metric,
  found: Found[],
  average: number,
  options: DiscoverOptions,
): DiscoveredSlice[] {
  const evidence = found.map(({ measuredOn }) => measureMetrics(subsample(sample, measuredOn), [metric], options));
  const least = leastLoss * (sample.head.task === "regression" ? standardDeviation([...sample.head.actual]) : 1);
  const judged = judgeMetrics(evidence, { metrics: { [metric.id]: { tolerance: 0 } }, level: options.level });
  return found
    .map(({ conditions, rows, measuredOn }, i) => ({
      conditions,
      rows: rows.length,
      measuredOn: measuredOn.length,
      // the policy does not gate what nobody named: a discovered slice informs
      metric: { ...judged[i]![0]!, gated: false },
    }))
    .filter(({ metric: { verdict, interval, difference, base } }) => {
      const worse = verdict === "regressed" && interval!.low > average;
      return worse && difference! >= leastShare * base! && difference! >= least;
    })
    .sort((left, right) => right.metric.difference! - left.metric.difference!)
    .slice(0, shownSlices);
}

/** Of rows in groups, half of the groups: a half must know nothing of the other. */
function halves({ rows, groups }: PairedSample, seed: number): [Int32Array, Int32Array] {
  const units = groups === undefined ? rows : countGroups(groups);
  const order = createRandom(`${seed} discovery`).shuffle(Int32Array.from({ length: units }, (_, unit) => unit));
  const middle = units >> 1;
  if (groups === undefined) return [order.slice(0, middle).sort(), order.slice(middle).sort()];
  const first = new Set(order.subarray(0, middle));
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return [all.filter((row) => first.has(groups[row]!)), all.filter((row) => !first.has(groups[row]!))];
}

function conditionColumns(
  sample: PairedSample,
  { columns, headColumn, baseColumn }: DiscoverOptions,
): { used: ConditionColumn[]; reason: string | null } {
  const names = [...new Set(columns)].sort();
  const used = names.slice(0, mostColumns).flatMap((name) => {
    const column = headColumn(name);
    if (column === null) return [];
    return [column.type === "categorical" ? byCategory(column, sample) : byValue(column, sample, baseColumn?.(name))];
  });
  const reason =
    names.length > mostColumns
      ? `slices were searched in ${formatCount(mostColumns)} of ${formatCount(names.length)} columns`
      : null;
  return { used, reason };
}

/** The most frequent categories only, because rare ones cannot reach the smallest size of a slice. */
function byCategory({ name, codes, categories }: CategoricalColumn, { headRows }: PairedSample): ConditionColumn {
  const counts = countEach(headRows.map((row) => codes[row]!));
  const common = [...counts].sort(([left, before], [right, after]) => after - before || left - right);
  const kept = common.slice(0, mostValues).map(([code]) => code);
  const places = new Map(kept.map((code, place) => [code, place]));
  return {
    column: name,
    values: kept.map((code) => categories[code] ?? missingValue),
    codes: Int32Array.from(headRows, (row) => places.get(codes[row]!) ?? -1),
  };
}

function byValue(column: NumericColumn, sample: PairedSample, base: Column | null | undefined): ConditionColumn {
  const { headRows, baseRows } = sample;
  const values = sliceValues({ column, rows: headRows }, base ? { column: base, rows: baseRows } : null);
  const conditions = values.map((value) => sliceCondition(column, value));
  const holds = (row: number) => conditions.findIndex((condition) => typeof condition === "function" && condition(row));
  return { column: column.name, values, codes: Int32Array.from(headRows, holds) };
}

function rowsWith(
  conditions: Slice[],
  columns: ConditionColumn[],
  rows: number,
  among: Int32Array = Int32Array.from({ length: rows }, (_, row) => row),
): Int32Array {
  const wanted = conditions.map(({ column, value }) => {
    const found = columns.find((candidate) => candidate.column === column)!;
    return { codes: found.codes, code: found.values.indexOf(value) };
  });
  return among.filter((row) => wanted.every(({ codes, code }) => codes[row] === code));
}
