import type { Scored } from "../metrics/metric.ts";
import { metricsFor } from "../metrics/registry.ts";
import type { Run } from "../run.ts";

/** Fewer refits than this say little about how far apart two of them can be. */
export const fewestRefits = 5;

/**
 * How much each metric moves when nothing but the seed changes: the largest difference between any two of several runs
 * of one experiment on one data set and one hold-out. It assumes no distribution: the difference of two more refits
 * exceeds the range of five in fewer than one case in five, of ten in fewer than one in ten.
 *
 * Empty for an estimator without randomness, because its refits are one, and for fewer than five runs.
 */
export function seedNoise(refits: readonly Run[]): Record<string, number> {
  const first = refits[0];
  if (first === undefined || refits.length < fewestRefits) return {};
  const scored = refits.map(toScored);
  return Object.fromEntries(
    metricsFor(first.task).flatMap((metric) => {
      const values = scored.flatMap((side) => metric.compute(side).value ?? []);
      const range = values.length === refits.length ? Math.max(...values) - Math.min(...values) : 0;
      return range > 0 ? [[metric.id, range]] : [];
    }),
  );
}

function toScored({ task, classes, positive, holdout }: Run): Scored {
  const place = positive === null ? -1 : classes.indexOf(positive);
  const numbers = (values: readonly number[]) =>
    task === "regression" ? Float64Array.from(values) : Int32Array.from(values);
  return {
    task,
    actual: numbers(holdout.actual),
    predicted: numbers(holdout.predicted),
    probabilities: Float64Array.from(holdout.probabilities),
    classes: classes.length,
    positive: place === -1 ? null : place,
  };
}
