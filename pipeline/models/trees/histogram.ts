import type { BinnedFeatures } from "./bin-features.ts";

/** Per slot: sum of gradients, sum of hessians, number of rows. */
export type Histogram = Float64Array;

/** Numbers per slot. */
export const STRIDE = 3;

/** What a set of rows sums up to. */
export interface Sums {
  gradient: number;
  hessian: number;
  count: number;
}

/**
 * Fills a histogram from the rows `order[start … end)`. Only unusual values are visited; the usual bin of each column
 * gets the rest, which is exact because the sums are (see fixed-point.ts).
 */
export function fillHistogram(
  histogram: Histogram,
  binned: BinnedFeatures,
  { order, start, end }: { order: Int32Array; start: number; end: number },
  gradients: Float64Array,
  hessians: Float64Array,
  sums: Sums,
): void {
  const { starts, entries } = binned;
  histogram.fill(0);
  for (let at = start; at < end; at++) {
    const row = order[at]!;
    const gradient = gradients[row]!;
    const hessian = hessians[row]!;
    const last = starts[row + 1]!;
    for (let entry = starts[row]!; entry < last; entry++) {
      const base = entries[entry]! * STRIDE;
      histogram[base]! += gradient;
      histogram[base + 1]! += hessian;
      histogram[base + 2]!++;
    }
  }
  fillUsualBins(histogram, binned, sums);
}

function fillUsualBins(histogram: Histogram, { columns, slots, usualBin }: BinnedFeatures, sums: Sums): void {
  for (let j = 0; j < columns; j++) {
    let { gradient, hessian, count } = sums;
    const usual = (slots[j]! + usualBin[j]!) * STRIDE;
    const last = slots[j + 1]! * STRIDE;
    for (let base = slots[j]! * STRIDE; base < last; base += STRIDE) {
      if (base === usual) continue;
      gradient -= histogram[base]!;
      hessian -= histogram[base + 1]!;
      count -= histogram[base + 2]!;
    }
    histogram[usual] = gradient;
    histogram[usual + 1] = hessian;
    histogram[usual + 2] = count;
  }
}

/** Turns a parent's histogram into that of the other child. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}
