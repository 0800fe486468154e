import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { holm } from "../stats/holm.ts";
import { minimumDetectableEffect } from "../stats/minimum-detectable-effect.ts";
import type { Caution, MetricComparison } from "./comparison.ts";
import { decideVerdict } from "./decide-verdict.ts";
import { type Evidence, isInTargetUnit } from "./evidence.ts";
import { minimumGroups } from "./measure-metric.ts";
import { possibleDifference } from "./possible-difference.ts";

/** Of a metric that is not gated, the smallest difference that can be called better or worse. */
const leastShare = 0.0005;

/**
 * Where few rows decide, the truth lies within so many times the distance that the standard error promises (95 % of
 * simulated samples of log-normal targets, at 200 and 1,000 rows).
 */
const unknownSpread = 2;

export interface JudgeOptions {
  /** The gated metrics by id. */
  metrics: Record<string, { tolerance: number }>;
  level: number;
  /** By metric id, as `seedNoise` measures it; it holds for all rows, so slices are judged without it. */
  seedNoise?: Record<string, number>;
}

/**
 * Judges one family of evidence: the p-values of its gated metrics are corrected together (Holm), so the chance that any
 * of them blocks by accident stays below 1 − level however many there are. The smallest detectable change is that of
 * the correction's first step, the strictest, at 80 % power, and twice that where a caution says that too little decides.
 *
 * Metrics that are not gated are explored: their p-values become Benjamini–Hochberg q-values, so that about one in twenty
 * of those that are called better or worse is so by accident, and a difference too small to matter is none.
 *
 * @param groups one group of evidence per table shown, for instance per slice; all of them are one family
 */
export function judgeMetrics(groups: readonly Evidence[][], options: JudgeOptions): MetricComparison[][] {
  const all = groups.flat();
  const gated = (evidence: Evidence) => Object.hasOwn(options.metrics, evidence.metric.id);
  const adjusted = holm(all.map((evidence) => (gated(evidence) ? evidence.p : null)));
  const family = adjusted.filter((p) => p !== null).length;
  const byEvidence = new Map(all.map((evidence, i) => [evidence, adjusted[i] ?? null]));
  const explored = benjaminiHochberg(all.map((evidence) => (gated(evidence) ? null : evidence.p)));
  const qOf = new Map(all.map((evidence, i) => [evidence, explored[i] ?? null]));
  return groups.map((group) =>
    group.map((evidence) =>
      judge(evidence, {
        gated: gated(evidence),
        tolerance: options.metrics[evidence.metric.id]?.tolerance ?? 0,
        adjustedP: byEvidence.get(evidence) ?? null,
        q: qOf.get(evidence) ?? null,
        family: gated(evidence) ? Math.max(1, family) : 1,
        level: options.level,
        seedNoise: options.seedNoise?.[evidence.metric.id] ?? null,
      }),
    ),
  );
}

interface Gate {
  gated: boolean;
  tolerance: number;
  adjustedP: number | null;
  q: number | null;
  family: number;
  level: number;
  seedNoise: number | null;
}

function judge(evidence: Evidence, gate: Gate): MetricComparison {
  const { metric, base, head, standardError, caution } = evidence;
  const { gated, tolerance, adjustedP, q, family, level, seedNoise } = gate;
  const strictest = 1 - (1 - level) / family;
  const known = caution === null || caution.kind === "biased" ? 1 : unknownSpread;
  const smallest =
    standardError && !isUnknown(caution)
      ? minimumDetectableEffect(known * standardError, { level: strictest, power: 0.8 }).value
      : null;
  const judged = {
    metric: metric.id,
    title: metric.title,
    direction: metric.direction,
    base: base.value,
    head: head.value,
    difference: evidence.difference,
    interval: evidence.interval,
    test: evidence.test,
    p: evidence.p,
    adjustedP,
    ...(q === null ? {} : { q }),
    tolerance,
    gated,
    // a change that is larger than any can be would not have shown: nothing would
    smallestDetectable: smallest !== null && smallest <= possibleDifference(metric) ? smallest : null,
    ...(caution === null ? {} : { caution }),
    ...(seedNoise === null ? {} : { seedNoise }),
    reason: evidence.reason ?? withoutValue(evidence),
  };
  return { ...judged, ...decideVerdict(judged, level, gated ? 0 : leastVisible(evidence)) };
}

/** A standard error of groups of which one has most rows is that of the others, and says nothing about it. */
function isUnknown(caution: Caution | null): boolean {
  return caution?.kind === "uneven-groups" && caution.alike < minimumGroups;
}

/** Under half of the third digit a difference is not worth a word; errors in the target's unit count relative to the base. */
function leastVisible({ metric, base }: Evidence): number {
  return leastShare * (isInTargetUnit(metric) && base.value !== null ? Math.abs(base.value) : 1);
}

function withoutValue({ base, head }: Evidence): string | null {
  const sides = [
    ...(base.value === null ? [`base: ${base.reason}`] : []),
    ...(head.value === null ? [`head: ${head.reason}`] : []),
  ];
  if (sides.length === 2 && base.value === null && head.value === null && base.reason === head.reason) {
    return `no value on either side: ${base.reason}`;
  }
  return sides.length === 0 ? null : `no value; ${sides.join("; ")}`;
}
