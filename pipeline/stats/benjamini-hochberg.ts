import { isProbability } from "./probability.ts";

/**
 * Benjamini–Hochberg q-values: controls the share of false alarms among the alarms (1995), for independent or
 * positively dependent tests. The i-th smallest of m becomes min over j ≥ i of (m / j)·pⱼ, at most 1.
 * An entry that is null or no probability stays null and does not count toward m. Cost: O(m log m).
 *
 * @example benjaminiHochberg([0.01, null, 0.04, 0.03]); // [0.03, null, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const order = [...pValues.keys()].filter((i) => isProbability(pValues[i]));
  order.sort((left, right) => pValues[left]! - pValues[right]!);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let running = 1;
  for (let place = order.length; place > 0; place--) {
    const i = order[place - 1]!;
    running = Math.min(running, (order.length / place) * pValues[i]!);
    adjusted[i] = running;
  }
  return adjusted;
}
