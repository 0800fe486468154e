import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { MetricValue } from "../../pipeline/metrics/metric.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import type { RunSummary } from "../../pipeline/run.ts";
import { formatCount } from "../../pipeline/words.ts";
import type { Level, ModelPolicy } from "../policy/policy.ts";
import { isToleratedLoss } from "../words/tolerated-loss.ts";
import { cautionWords } from "./caution-words.ts";
import { formatMetric, formatSetting } from "./format-number.ts";
import { isUnprovenLoss, verdictWords } from "./verdict-words.ts";

export type Mark = "✓" | "✗" | "!" | "–";

/** One line of a metric table. */
export interface MetricRow {
  mark: Mark;
  title: string;
  base: number | null;
  head: number | null;
  difference: number | null;
  interval: { low: number; high: number } | null;
  /** The verdict in words, with what decided it. */
  verdict: string;
  /** Something a reader should see: it gates and is not fine, or it changed. */
  changed: boolean;
  gated: boolean;
  /** What of a gated metric this hold-out could not have shown; null when it could, or when nobody gates it. */
  blindTo: { tolerance: number; smallestDetectable: number | null } | null;
}

type Gate = ModelPolicy["metrics"][string] | undefined;

/** Levels of the two checks that judge metrics; null where a check is off. */
export interface MetricLevels {
  regression: Level;
  limits: Level;
}

/** What the head's model reaches on all of its own hold-out rows, by which limits are judged too. */
export type HeadHoldout = Pick<RunSummary, "metrics" | "rows">;

/** One row per metric of a comparison, in its order. */
export function comparedRows(
  metrics: MetricComparison[],
  gates: ModelPolicy["metrics"],
  levels: MetricLevels,
  head: HeadHoldout | null = null,
): MetricRow[] {
  const corrected = metrics.filter(({ gated, adjustedP }) => gated && adjustedP !== null).length;
  return metrics.map((one) => toMetricRow(one, gates[one.metric], levels, corrected, head));
}

/**
 * @param corrected how many gated metrics were corrected together
 * @param all the head's own values; without them limits are judged by what was compared
 */
export function toMetricRow(
  compared: MetricComparison,
  gate: Gate,
  levels: MetricLevels,
  corrected: number,
  all: HeadHoldout | null = null,
): MetricRow {
  const judged = all === null ? compared.head : (all.metrics[compared.metric]?.value ?? null);
  const broken = brokenLimit(judged, gate) ?? brokenLimit(compared.head, gate);
  const { title, base, head, difference, interval, verdict, gated, tolerance, smallestDetectable } = compared;
  const blind = gated && verdict === "underpowered";
  return {
    mark: markOf(compared, broken !== null, levels),
    title,
    base,
    head,
    difference,
    interval,
    verdict: [
      verdictWords(compared, corrected),
      ...limitWords(compared.head, judged, gate, all),
      ...doubts(compared),
    ].join("; "),
    changed:
      verdict === "improved" ||
      verdict === "regressed" ||
      broken !== null ||
      blind ||
      isUnprovenLoss(compared) ||
      isToleratedLoss(compared) ||
      (gated && verdict === "incomparable"),
    gated,
    blindTo: blind ? { tolerance, smallestDetectable } : null,
  };
}

/** What speaks against the interval, where somebody gates the metric or reads that it changed. */
function doubts({ caution, gated, verdict }: MetricComparison): string[] {
  const read = gated || verdict === "improved" || verdict === "regressed";
  return caution !== undefined && read ? [cautionWords(caution)] : [];
}

/** The rows of a model that has no base to compare with, in the order of its metrics. */
export function headOnlyRows(
  values: Record<string, MetricValue>,
  gates: ModelPolicy["metrics"],
  levels: MetricLevels,
): MetricRow[] {
  return Object.entries(values).map(([id, { value }]) => {
    const broken = brokenLimit(value, gates[id]);
    return {
      mark: broken === null ? "–" : levels.limits === "block" ? "✗" : "!",
      title: metrics.get(id)?.title ?? id,
      base: null,
      head: value,
      difference: null,
      interval: null,
      verdict: broken ?? "no base",
      changed: broken !== null,
      gated: gates[id] !== undefined,
      blindTo: null,
    };
  });
}

/** The rows of a model of which nothing changed: its values, and no difference that could look like a test. */
export function unchangedRows(...head: Parameters<typeof headOnlyRows>): MetricRow[] {
  return headOnlyRows(...head).map((row) => ({
    ...row,
    base: row.head,
    verdict: row.changed ? row.verdict : "not changed",
  }));
}

const order: Mark[] = ["✗", "!", "✓", "–"];

const shownGated = 10;
/** Metrics move together: when the gated ones changed, ten others say the same again. */
const shownOthers = 3;

/** Of the rows that should be shown the gated ones first, then three others, each what needs attention first. */
export function chooseRows(wanted: MetricRow[]): { rows: MetricRow[]; more: number } {
  const gated = attentionFirst(wanted.filter((row) => row.gated));
  const others = attentionFirst(wanted.filter((row) => !row.gated));
  const rows = [...gated.slice(0, shownGated), ...others.slice(0, shownOthers)];
  return { rows, more: wanted.length - rows.length };
}

/** What needs attention first, otherwise in the given order. */
export function attentionFirst(rows: MetricRow[]): MetricRow[] {
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/** A dash that should be seen stands before what is fine. */
function rank({ mark, changed }: MetricRow): number {
  return mark === "–" && changed ? order.indexOf("!") + 0.5 : order.indexOf(mark);
}

/** A limit holds for all hold-out rows of the head and for those that are compared; where they differ, the head's own value is told. */
function limitWords(compared: number | null, judged: number | null, gate: Gate, all: HeadHoldout | null): string[] {
  const broken = brokenLimit(judged, gate) ?? brokenLimit(compared, gate);
  if (broken === null) return [];
  if (all === null || judged === null || compared === null || formatMetric(judged) === formatMetric(compared))
    return [broken];
  return [`${broken}: ${formatMetric(judged)} on all ${formatCount(all.rows.holdout)} hold-out rows of the head`];
}

function brokenLimit(head: number | null, gate: Gate): string | null {
  if (head === null || gate === undefined) return null;
  if (gate.min !== null && head < gate.min) return `below the minimum ${formatSetting(gate.min)}`;
  if (gate.max !== null && head > gate.max) return `above the maximum ${formatSetting(gate.max)}`;
  return null;
}

function markOf(compared: MetricComparison, limitBroken: boolean, levels: MetricLevels): Mark {
  const { verdict, gated } = compared;
  if (limitBroken && levels.limits === "block") return "✗";
  if (verdict === "regressed") return gated && levels.regression === "block" ? "✗" : "!";
  if (limitBroken || isToleratedLoss(compared) || (gated && verdict === "incomparable")) return "!";
  return verdict === "underpowered" || verdict === "incomparable" || isUnprovenLoss(compared) ? "–" : "✓";
}
