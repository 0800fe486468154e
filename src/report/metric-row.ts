import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { MetricValue } from "../../pipeline/metrics/metric.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import type { Level, ModelPolicy } from "../policy/policy.ts";
import { formatMetric, formatSetting } from "./format-number.ts";

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
}

type Gate = ModelPolicy["metrics"][string] | undefined;

/** Levels of the two checks that judge metrics; null where a check is off. */
export interface MetricLevels {
  regression: Level;
  limits: Level;
}

export function toMetricRow(compared: MetricComparison, gate: Gate, levels: MetricLevels): MetricRow {
  const broken = brokenLimit(compared.head, gate);
  const { title, base, head, difference, interval, verdict, gated } = compared;
  return {
    mark: markOf(compared, broken !== null, levels),
    title,
    base,
    head,
    difference,
    interval,
    verdict: [verdictWords(compared), ...(broken === null ? [] : [broken])].join("; "),
    changed:
      verdict === "improved" || verdict === "regressed" || broken !== null || (gated && verdict === "incomparable"),
    gated,
  };
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
    };
  });
}

const order: Mark[] = ["✗", "!", "✓", "–"];

/** What needs attention first, otherwise in the given order. */
export function attentionFirst(rows: MetricRow[]): MetricRow[] {
  return rows.toSorted((a, b) => order.indexOf(a.mark) - order.indexOf(b.mark));
}

function brokenLimit(head: number | null, gate: Gate): string | null {
  if (head === null || gate === undefined) return null;
  if (gate.min !== null && head < gate.min) return `below the minimum ${formatSetting(gate.min)}`;
  if (gate.max !== null && head > gate.max) return `above the maximum ${formatSetting(gate.max)}`;
  return null;
}

function markOf({ verdict, gated }: MetricComparison, limitBroken: boolean, levels: MetricLevels): Mark {
  if (limitBroken && levels.limits === "block") return "✗";
  if (verdict === "regressed") return gated && levels.regression === "block" ? "✗" : "!";
  if (limitBroken || (gated && verdict === "incomparable")) return "!";
  return verdict === "underpowered" || verdict === "incomparable" ? "–" : "✓";
}

function verdictWords(compared: MetricComparison): string {
  const { verdict, tolerance, test, smallestDetectable, reason, gated } = compared;
  const would = smallestDetectable === null ? "" : `${formatMetric(smallestDetectable)} would have shown`;
  switch (verdict) {
    case "improved":
      return `improved, ${test}`;
    case "regressed":
      if (!gated) return `worse, not gated, ${test}`;
      return tolerance > 0 ? `regressed beyond ${formatSetting(tolerance)}, ${test}` : `regressed, ${test}`;
    case "no-detectable-change":
      if (isTolerated(compared)) return `worse, within the tolerance of ${formatSetting(tolerance)}`;
      return would === "" ? "no detectable change" : `no detectable change; ${would}`;
    case "underpowered":
      return would === "" ? "too few rows to tell" : `too few rows to tell; only ${would}`;
    case "incomparable":
      return reason === null ? "not comparable" : `not comparable: ${reason}`;
  }
}

/** Beyond doubt worse, but by less than the policy minds. */
function isTolerated({ direction, interval, tolerance }: MetricComparison): boolean {
  if (interval === null || tolerance === 0) return false;
  return direction === "higher" ? interval.high < 0 : interval.low > 0;
}

/** A verdict in a word or two, for a table of many. */
export const shortVerdicts: Record<MetricComparison["verdict"], string> = {
  improved: "improved",
  regressed: "worse",
  "no-detectable-change": "no detectable change",
  underpowered: "too few rows to tell",
  incomparable: "not comparable",
};
