import type { BinnedFeatures } from "./bin-features.ts";
import { type Histogram, STRIDE, type Sums } from "./histogram.ts";

/** The best way to part a node's rows: values in bins up to `bin` go left. */
export interface Split {
  column: number;
  bin: number;
  gain: number;
  left: Sums;
  right: Sums;
}

export interface SplitLimits {
  minSamplesLeaf: number;
  /** λ of the penalty λ/2 · value² on leaf values. */
  l2: number;
}

/** Leaves with less curvature than this would have values without bound. */
const MIN_HESSIAN = 1e-3;

/**
 * The split with the largest gain G_l²/(H_l + λ) + G_r²/(H_r + λ) − G²/(H + λ); of equals the first column and bin, so
 * that a duplicated column changes nothing. Null when no split helps.
 */
export function findSplit(
  histogram: Histogram,
  { columns, slots }: BinnedFeatures,
  sums: Sums,
  { minSamplesLeaf, l2 }: SplitLimits,
): Split | null {
  const whole = score(sums.gradient, sums.hessian, l2);
  let best: { column: number; bin: number; gain: number; gradient: number; hessian: number; count: number } | null =
    null;
  let bestGain = 0;
  for (let column = 0; column < columns; column++) {
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    const first = slots[column]!;
    const last = slots[column + 1]! - 1;
    for (let slot = first; slot < last; slot++) {
      const base = slot * STRIDE;
      gradient += histogram[base]!;
      hessian += histogram[base + 1]!;
      count += histogram[base + 2]!;
      if (count < minSamplesLeaf || hessian < MIN_HESSIAN) continue;
      if (sums.count - count < minSamplesLeaf || sums.hessian - hessian < MIN_HESSIAN) break;
      const gain = score(gradient, hessian, l2) + score(sums.gradient - gradient, sums.hessian - hessian, l2) - whole;
      if (gain > bestGain) {
        bestGain = gain;
        best = { column, bin: slot - first, gain, gradient, hessian, count };
      }
    }
  }
  if (best === null) return null;
  const { column, bin, gain, gradient, hessian, count } = best;
  return {
    column,
    bin,
    gain,
    left: { gradient, hessian, count },
    right: { gradient: sums.gradient - gradient, hessian: sums.hessian - hessian, count: sums.count - count },
  };
}

function score(gradient: number, hessian: number, l2: number): number {
  return (gradient * gradient) / (hessian + l2);
}
