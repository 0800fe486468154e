import { isProbability } from "./probability.ts";

/**
 * Holm's step-down adjusted p-values: controls the chance of any false alarm under every dependence (Holm 1979).
 * The i-th smallest of m becomes max over j ≤ i of (m − j + 1)·pⱼ, at most 1.
 * An entry that is null or no probability stays null and does not count toward m. Cost: O(m log m).
 *
 * @example holm([0.01, null, 0.04, 0.03]); // [0.03, null, 0.06, 0.06]
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const order = [...pValues.keys()].filter((i) => isProbability(pValues[i]));
  order.sort((left, right) => pValues[left]! - pValues[right]!);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let running = 0;
  for (const [place, i] of order.entries()) {
    running = Math.max(running, Math.min(1, (order.length - place) * pValues[i]!));
    adjusted[i] = running;
  }
  return adjusted;
}
