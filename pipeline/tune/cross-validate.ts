import { fitCandidate } from "../compare-models/fit-candidate.ts";
import type { ModelOptions } from "../experiment/experiment.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Fold } from "./make-folds.ts";

/** How one model did in cross-validation. Plain data: it is what the journal keeps. */
export interface CrossValidation {
  /** Mean over the folds that have a value; null when none has. */
  score: number | null;
  /** Standard deviation of those values over the root of their number; null for fewer than two. */
  standardError: number | null;
  /** Per fold; null where it has no value. */
  folds: (number | null)[];
  /** Why folds have no value, each reason once; null when all have one. */
  reason: string | null;
}

/**
 * Fits a model once per fold and judges it on the rows left out. A fold that cannot be used, for instance because its
 * training rows lack a class, is left out and explained; folds are the same for every model, so means stay comparable.
 */
export function crossValidate(
  model: ModelOptions,
  folds: { count: number; get: (which: number) => Fold },
  metric: Metric,
  context: { seed: number; path: string },
): CrossValidation {
  const reasons = new Set<string>();
  const values = Array.from({ length: folds.count }, (_, which) => {
    const answer = judgeFold(model, folds.get(which), metric, context);
    if (typeof answer === "number") return answer;
    reasons.add(answer);
    return null;
  });
  const known = values.filter((value) => value !== null);
  const reason = reasons.size === 0 ? null : `${values.length - known.length} folds: ${[...reasons].join("; ")}`;
  if (known.length === 0) return { score: null, standardError: null, folds: values, reason };
  const score = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { score, standardError: standardErrorOf(known, score), folds: values, reason };
}

function judgeFold(
  model: ModelOptions,
  fold: Fold,
  metric: Metric,
  context: { seed: number; path: string },
): number | string {
  if ("reason" in fold) return fold.reason;
  const fitted = fitCandidate(fold.train, fold.judged, model, context);
  if (!fitted.ok) return fitted.problems.map(({ message }) => message).join(" ");
  const answer = metric.compute(fitted.value.scored);
  return answer.value === null ? `no ${metric.title}: ${answer.reason}` : answer.value;
}

function standardErrorOf(values: readonly number[], mean: number): number | null {
  if (values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
