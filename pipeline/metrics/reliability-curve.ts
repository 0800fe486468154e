import { z } from "zod";
import type { Scored } from "./metric.ts";

/** One bin of probabilities: what was promised and what happened. */
export const reliabilityBinSchema = z.object({
  /** The bin holds probabilities in (low, high]; the first one includes 0. */
  low: z.number(),
  high: z.number(),
  /** Weight of the rows in the bin. */
  rows: z.number(),
  /** Mean probability and share of rows where the event happened; null when the bin is empty. */
  promised: z.number().nullable(),
  happened: z.number().nullable(),
});
export type ReliabilityBin = z.infer<typeof reliabilityBinSchema>;

/** Number of bins of equal width. */
export const RELIABILITY_BINS = 10;

/** Sums over the rows of each bin. */
export interface ReliabilitySums {
  rows: Float64Array;
  promised: Float64Array;
  happened: Float64Array;
}

/** The reliability curve for one weight per row; see `prepareReliabilitySums`. */
export function prepareReliabilityCurve(scored: Scored): (weights?: Float64Array) => ReliabilityBin[] {
  const sums = prepareReliabilitySums(scored);
  return (weights) => {
    const { rows, promised, happened } = sums(weights);
    return Array.from(rows, (count, bin) => ({
      low: bin / RELIABILITY_BINS,
      high: (bin + 1) / RELIABILITY_BINS,
      rows: count,
      promised: count > 0 ? promised[bin]! / count : null,
      happened: count > 0 ? happened[bin]! / count : null,
    }));
  };
}

/**
 * Bins the rows by probability, as `sklearn.calibration.calibration_curve(strategy="uniform")` does. The event is "the
 * row is positive" for binary tasks, and "the most probable class is the actual one" for more classes. For
 * classification only. The sums are lent until the next call.
 */
export function prepareReliabilitySums(scored: Scored): (weights?: Float64Array) => ReliabilitySums {
  const rows = scored.actual.length;
  const probability = new Float64Array(rows);
  const event = new Uint8Array(rows);
  // weights change with every resample, bins never do
  const bins = new Uint8Array(rows);
  const ones = new Float64Array(rows).fill(1);
  for (let row = 0; row < rows; row++) {
    const which = scored.task === "binary" ? scored.positive! : mostProbable(scored, row);
    probability[row] = scored.probabilities[row * scored.classes + which]!;
    event[row] = scored.actual[row] === which ? 1 : 0;
    bins[row] = binOf(probability[row]!);
  }
  const total = new Float64Array(RELIABILITY_BINS);
  const promised = new Float64Array(RELIABILITY_BINS);
  const happened = new Float64Array(RELIABILITY_BINS);
  const sums = { rows: total, promised, happened };
  return (weights = ones) => {
    total.fill(0);
    promised.fill(0);
    happened.fill(0);
    for (let row = 0; row < rows; row++) {
      const weight = weights[row]!;
      const bin = bins[row]!;
      total[bin]! += weight;
      promised[bin]! += weight * probability[row]!;
      happened[bin]! += weight * event[row]!;
    }
    return sums;
  };
}

function mostProbable({ probabilities, classes }: Scored, row: number): number {
  let best = 0;
  for (let which = 1; which < classes; which++) {
    if (probabilities[row * classes + which]! > probabilities[row * classes + best]!) best = which;
  }
  return best;
}

/** The number of inner edges below the probability; corrected where the multiplication rounds across an edge. */
function binOf(probability: number): number {
  const bin = Math.min(RELIABILITY_BINS - 1, Math.max(0, Math.ceil(probability * RELIABILITY_BINS) - 1));
  if (bin > 0 && probability <= bin / RELIABILITY_BINS) return bin - 1;
  return bin < RELIABILITY_BINS - 1 && probability > (bin + 1) / RELIABILITY_BINS ? bin + 1 : bin;
}
