import type { Scored } from "../metrics/metric.ts";
import type { SmoothStatistic } from "../stats/studentized-bootstrap.ts";
import type { PairedSample } from "./paired-sample.ts";

/** What the metric of one model is the mean of, one number per row. */
type RowValues = (scored: Scored) => Float64Array;

const rowValues: Record<string, RowValues> = {
  accuracy: ({ actual, predicted }) => perRow(actual, (value, row) => (value === predicted[row] ? 1 : 0)),
  log_loss: ({ actual, probabilities, classes }) =>
    perRow(actual, (value, row) => {
      const probability = probabilities[row * classes + value]!;
      return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
    }),
  brier_score: ({ task, actual, probabilities, classes, positive }) =>
    perRow(actual, (value, row) => {
      let sum = 0;
      for (let which = 0; which < classes; which++) {
        if (task === "binary" && which !== positive) continue;
        sum += (probabilities[row * classes + which]! - (value === which ? 1 : 0)) ** 2;
      }
      return sum;
    }),
  mean_absolute_error: errors((error) => Math.abs(error)),
  mean_absolute_percentage_error: errors((error, actual) => Math.abs(error / actual)),
  mean_pinball_loss_10: errors((error) => (error > 0 ? 0.1 * error : -0.9 * error)),
  mean_pinball_loss_90: errors((error) => (error > 0 ? 0.9 * error : -0.1 * error)),
};

const squaredErrors = errors((error) => error * error);

/** The metrics whose difference is a smooth function of means over rows. */
export const smoothMetrics: ReadonlySet<string> = new Set([...Object.keys(rowValues), "root_mean_squared_error", "r2"]);

/**
 * The difference head − base of a metric as a function of means over rows, with its derivatives; null for a metric that is
 * none. Some of them are means themselves; the root of the mean squared error and R² are functions of two and three.
 */
export function smoothDifference(id: string, { base, head }: PairedSample): SmoothStatistic | null {
  if (id === "root_mean_squared_error") {
    return {
      terms: [squaredErrors(base), squaredErrors(head)],
      value: ([before, after]) => Math.sqrt(after!) - Math.sqrt(before!),
      gradient: ([before, after]) => [-0.5 / Math.sqrt(before!), 0.5 / Math.sqrt(after!)],
    };
  }
  if (id === "r2") return explainedDifference(base, head);
  const of = rowValues[id];
  if (of === undefined) return null;
  return { terms: [minus(of(head), of(base))], value: ([mean]) => mean!, gradient: () => [1] };
}

/**
 * Per row what the head loses more than the base: the sum of these has the sign of the metric's worsening. Null for a
 * metric that is no function of a mean loss.
 */
export function lossDifferences(id: string, { base, head }: PairedSample): Float64Array | null {
  const of = id === "root_mean_squared_error" || id === "r2" ? squaredErrors : rowValues[id];
  if (of === undefined) return null;
  return id === "accuracy" ? minus(of(base), of(head)) : minus(of(head), of(base));
}

/** (mean squared error of the base − of the head) / variance of the actual values */
function explainedDifference(base: Scored, head: Scored): SmoothStatistic {
  const mean = perRow(base.actual, (value) => value).reduce((sum, value) => sum + value, 0) / base.actual.length;
  const around = perRow(base.actual, (value) => value - mean);
  const spread = (square: number, shift: number) => square - shift * shift;
  return {
    terms: [minus(squaredErrors(base), squaredErrors(head)), around.map((value) => value * value), around],
    value: ([gain, square, shift]) => gain! / spread(square!, shift!),
    gradient: ([gain, square, shift]) => {
      const variance = spread(square!, shift!);
      const slope = gain! / (variance * variance);
      return [1 / variance, -slope, 2 * shift! * slope];
    },
  };
}

function errors(cost: (error: number, actual: number) => number): RowValues {
  return ({ actual, predicted }) => perRow(actual, (value, row) => cost(value - predicted[row]!, value));
}

function perRow(actual: Scored["actual"], of: (value: number, row: number) => number): Float64Array {
  const values = new Float64Array(actual.length);
  for (let row = 0; row < values.length; row++) values[row] = of(actual[row]!, row);
  return values;
}

function minus(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((value, row) => value - right[row]!);
}
