import type { Comparison, MetricComparison, Slice } from "../../pipeline/compare/comparison.ts";
import { formatCount } from "../../pipeline/words.ts";
import { isUnchanged, type ReviewedModel } from "../facts/model-state.ts";
import type { Level } from "../policy/policy.ts";
import { chooseRows, comparedRows, type MetricLevels, type MetricRow } from "../report/metric-row.ts";
import { metricRows, notesOf } from "../report/model-view.ts";
import { causesOf } from "../report/why-changed.ts";
import { largestFirst } from "../words/loss-size.ts";
import { nameSlice } from "../words/name-slice.ts";
import { plainText } from "./plain-text.ts";
import { showChange, showInterval, showNumber } from "./show-number.ts";
import { mark, type Paint } from "./terminal-parts.ts";
import { textTable } from "./text-table.ts";

/** Levels of the checks that judge a model's metrics: they decide the signs. */
export interface TerminalLevels extends MetricLevels {
  slices: Level;
}

/** Both sides on the same rows, in the words and the order of the comment; a terminal folds nothing. */
export function comparisonLines(
  model: ReviewedModel,
  comparison: Comparison,
  levels: TerminalLevels,
  paint: Paint,
): string[] {
  if (comparison.status === "incomparable") {
    const reasons = notesOf(model, []).map((note) => `  ${plainText(note)}`);
    return [paint("yellow", "  The two sides cannot be compared."), ...reasons];
  }
  if (isUnchanged(model)) return unchangedLines(model, levels, paint);
  const all = comparedRows(comparison.metrics, model.policy.metrics, levels);
  const { rows, more } = chooseRows(all.filter(({ gated, changed }) => gated || changed));
  const causes = causesOf(comparison).map(
    ({ metric, data, experiment }) =>
      `  why: data ${showChange(data)}, experiment ${showChange(experiment)} (${plainText(metric)})`,
  );
  return [
    metricTable(rows, `change (${Math.round(comparison.level * 100)} % interval)`, paint),
    ...untold(all.length - rows.length, more),
    `  on the same ${formatCount(comparison.holdout.common)} hold-out rows`,
    ...notesOf(
      model,
      rows.filter(({ changed }) => changed),
    ).map((note) => `  ${plainText(note)}`),
    ...causes,
    ...sliceLines(comparison, levels.slices, paint),
  ];
}

/** A table of zeros with ticks would read as a test that was passed: only what breaks a limit is shown. */
function unchangedLines(model: ReviewedModel, levels: TerminalLevels, paint: Paint): string[] {
  const rows = metricRows(model, levels).filter(({ changed }) => changed);
  return [
    ...(rows.length === 0 ? [] : [metricTable(rows, "change", paint)]),
    ...notesOf(model, rows).map((note) => `  ${plainText(note)}`),
  ];
}

function metricTable(rows: MetricRow[], change: string, paint: Paint): string {
  return textTable(
    ["", "metric", "base", "head", change, ""],
    rows.map((row) => cellsOf(row, paint)),
    2,
  );
}

const signs = { "✗": "fail", "!": "warn", "✓": "pass", "–": "none" } as const;

function cellsOf({ mark: sign, title, base, head, difference, interval, verdict }: MetricRow, paint: Paint): string[] {
  return [
    mark(signs[sign], paint),
    plainText(title),
    showNumber(base),
    showNumber(head),
    interval === null ? showChange(difference) : `${showChange(difference)} ${showInterval(interval)}`,
    plainText(verdict),
  ];
}

function untold(count: number, changed: number): string[] {
  if (count === 0) return [];
  const others = `  and ${count} other ${count === 1 ? "metric" : "metrics"}`;
  return [changed === 0 ? `${others} without a detectable change` : `${others}, ${changed} of them changed`];
}

const shownSlices = 3;

/** The slices in which a gated metric got worse, the three worst first, then those that the search found. */
function sliceLines({ slices, discovery }: Comparison, level: Level, paint: Paint): string[] {
  const worse = slices
    .map(({ slice, rows, metrics }) => ({
      conditions: [slice],
      rows,
      metrics: metrics.filter(({ gated, verdict }) => gated && verdict === "regressed").toSorted(largestFirst),
    }))
    .filter(({ metrics }) => metrics.length > 0)
    .toSorted((a, b) => largestFirst(a.metrics[0]!, b.metrics[0]!));
  const left = worse.length - shownSlices;
  const sign = mark(level === "block" ? "fail" : "warn", paint);
  return [
    ...worse.slice(0, shownSlices).map((slice) => `  ${sign} worse where ${describeSlice(slice)}`),
    ...(left > 0 ? [`    and ${formatCount(left)} more ${left === 1 ? "slice" : "slices"}`] : []),
    ...(discovery?.slices ?? []).map(
      ({ conditions, measuredOn, metric }) =>
        `  ${sign} found by search: worse where ${describeSlice({ conditions, rows: measuredOn, metrics: [metric] })}`,
    ),
  ];
}

function describeSlice(slice: { conditions: Slice[]; rows: number; metrics: MetricComparison[] }): string {
  const metrics = slice.metrics.map(({ title, difference }) => `${plainText(title)} ${showChange(difference)}`);
  return `${plainText(nameSlice(slice.conditions), 160)}: ${metrics.join(", ")} (${formatCount(slice.rows)} rows)`;
}
