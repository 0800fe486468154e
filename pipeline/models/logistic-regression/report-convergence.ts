/**
 * Turns falling gradients into a share done: how far the logarithm has come on its way to the tolerance.
 * Reports seldom, and only what is more than was reported before.
 */
export function reportConvergence(
  tolerance: number,
  onProgress: ((share: number) => void) | undefined,
): (iteration: number, largestGradient: number) => void {
  let first: number | null = null;
  let reported = 0;
  return (_, gradient) => {
    first ??= Math.max(gradient, tolerance * 10);
    const share = Math.log(first / Math.max(gradient, tolerance)) / Math.log(first / tolerance);
    if (share < reported + 0.05) return;
    reported = share;
    onProgress?.(Math.min(share, 0.99));
  };
}
