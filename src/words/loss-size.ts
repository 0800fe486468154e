import { metrics } from "../../pipeline/metrics/registry.ts";

/** What one metric lost, or won. */
export interface Loss {
  metric: string;
  base: number | null;
  difference: number | null;
}

/**
 * How large a difference is for its metric, so that those of two metrics can be ordered: as a share of the values that the
 * metric can have, or of the base's value where they have no end. 0 when there is no difference.
 *
 * @example lossSize({ metric: "matthews_corrcoef", base: 0.5, difference: -0.3 }); // 0.15, of −1 to 1
 * @example lossSize({ metric: "log_loss", base: 0.4, difference: 0.1 }); // 0.25
 */
export function lossSize({ metric, base, difference }: Loss): number {
  if (difference === null || difference === 0) return 0;
  const [least, most] = metrics.get(metric)?.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const whole = Number.isFinite(most - least) ? most - least : Math.abs(base ?? 0);
  return whole > 0 ? Math.abs(difference) / whole : Number.POSITIVE_INFINITY;
}

/** Orders proven losses by their size, the largest first. Infinite ones have no order among themselves. */
export function largestFirst(left: Loss, right: Loss): number {
  const [a, b] = [lossSize(left), lossSize(right)];
  return a === b ? 0 : b - a;
}
