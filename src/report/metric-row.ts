import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { Level, ModelPolicy } from "../policy/policy.ts";
import { formatSetting } from "./format-number.ts";

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
  const would = smallestDetectable === null ? "" : `${formatSetting(smallestDetectable)} would have shown`;
  switch (verdict) {
    case "improved":
      return `improved, ${test}`;
    case "regressed":
      if (!gated) return `worse, not gated, ${test}`;
      return tolerance > 0 ? `regressed beyond ${formatSetting(tolerance)}, ${test}` : `regressed, ${test}`;
    case "no-detectable-change":
      return would === "" ? "no detectable change" : `no detectable change; ${would}`;
    case "underpowered":
      return would === "" ? "too few rows to tell" : `too few rows to tell; only ${would}`;
    case "incomparable":
      return reason === null ? "not comparable" : `not comparable: ${reason}`;
  }
}
