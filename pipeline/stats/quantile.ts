/**
 * The p-quantile of ascending values by linear interpolation between order statistics at (n − 1)·p
 * (type 7 of Hyndman and Fan 1996, the default of numpy and R; `quantileSorted` of simple-statistics is type 2).
 * Cost: constant. Throws a RangeError for an empty array or p outside [0, 1].
 *
 * @example quantile(Float64Array.of(1, 2, 3, 4), 0.5); // 2.5
 */
export function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0 || !(p >= 0 && p <= 1)) {
    throw new RangeError(`a quantile needs values and 0 <= p <= 1, not ${sorted.length} values and p = ${p}`);
  }
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const share = place - below;
  if (high - low === Number.POSITIVE_INFINITY) return low * (1 - share) + high * share;
  // from the nearer end, so that the result never leaves [low, high] and equals numpy's to the last bit
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}
