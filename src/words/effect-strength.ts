/**
 * How large a difference is for its interval: half of the interval's width is 1. Ranks differences of metrics whose units
 * have nothing in common; 0 when there is no interval, infinite when no draw of the rows changes the difference.
 *
 * @example effectStrength({ difference: -0.03, interval: { low: -0.04, high: -0.02 } }); // 3
 */
export function effectStrength(effect: {
  difference: number | null;
  interval: { low: number; high: number } | null;
}): number {
  const { difference, interval } = effect;
  if (difference === null || interval === null || difference === 0) return 0;
  const half = (interval.high - interval.low) / 2;
  return half > 0 ? Math.abs(difference) / half : Number.POSITIVE_INFINITY;
}

/** Orders effects by their strength, the strongest first. Infinite ones have no order among themselves. */
export function strongestFirst(
  left: Parameters<typeof effectStrength>[0],
  right: Parameters<typeof effectStrength>[0],
): number {
  const [a, b] = [effectStrength(left), effectStrength(right)];
  return a === b ? 0 : b - a;
}
