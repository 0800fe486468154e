import { weightProblem } from "./ranked-scores.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** One bar of a reliability diagram; `low` is open and `high` closed, except that the first bin contains 0. */
interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  /** rows, or their total weight */
  readonly weight: number;
  /** null in an empty bin */
  readonly meanProbability: number | null;
  readonly positiveShare: number | null;
}

export interface Calibration {
  /** expected calibration error in [0, 1] */
  readonly error: number;
  readonly bins: readonly ReliabilityBin[];
}

/**
 * Reliability bins of equal width and the expected calibration error Σ (nᵦ/n) |positive share − mean probability|
 * (Naeini, Cooper and Hauskrecht 2015). Bins are those of `sklearn.calibration.calibration_curve(strategy="uniform")`,
 * which leaves empty ones out. Cost: O(n).
 * Undefined without rows or weight, when lengths differ, or when a probability lies outside [0, 1].
 *
 * @example calibration([0.1, 0.2, 0.9], [0, 1, 1], { bins: 2 }).value.error; // 0.26666666666666666
 */
export function calibration(
  probabilities: ArrayLike<number>,
  positives: ArrayLike<number>,
  { bins = 10, weights }: { readonly bins?: number; readonly weights?: ArrayLike<number> } = {},
): Statistic<Calibration> {
  if (!(Number.isInteger(bins) && bins > 0))
    throw new RangeError(`the number of bins is a positive integer, not ${bins}`);
  const n = probabilities.length;
  if (n !== positives.length) return undefinedBecause(`there are ${n} probabilities and ${positives.length} labels`);
  const problem = weights === undefined ? null : weightProblem(weights, n);
  if (problem !== null) return undefinedBecause(problem);
  const totals = new Float64Array(bins);
  const probabilitySums = new Float64Array(bins);
  const positiveSums = new Float64Array(bins);
  for (let i = 0; i < n; i++) {
    const probability = probabilities[i]!;
    if (!(probability >= 0 && probability <= 1)) return undefinedBecause(`a probability is ${probability}`);
    const weight = weights?.[i] ?? 1;
    const bin = binOf(probability, bins);
    totals[bin]! += weight;
    probabilitySums[bin]! += weight * probability;
    positiveSums[bin]! += positives[i] ? weight : 0;
  }
  const total = totals.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return undefinedBecause("there are no rows");
  let error = 0;
  const reliability = Array.from(totals, (weight, bin): ReliabilityBin => {
    error += Math.abs(positiveSums[bin]! - probabilitySums[bin]!) / total;
    return {
      low: bin / bins,
      high: (bin + 1) / bins,
      weight,
      meanProbability: weight > 0 ? probabilitySums[bin]! / weight : null,
      positiveShare: weight > 0 ? positiveSums[bin]! / weight : null,
    };
  });
  return defined({ error, bins: reliability });
}

/** The number of inner edges below the probability; corrected where the multiplication rounds across an edge. */
function binOf(probability: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1));
  if (bin > 0 && probability <= bin / bins) bin--;
  else if (bin < bins - 1 && probability > (bin + 1) / bins) bin++;
  return bin;
}
