import type { Matrix } from "../estimator.ts";
import { type BinnedFeatures, binFeatures, halfway } from "./bin-features.ts";
import { roundToFixedPoint } from "./fixed-point.ts";
import { addLeaf, branch, emptyTree, type Tree } from "./tree.ts";

export interface ImpurityLimits {
  maxDepth: number;
  minSamplesLeaf: number;
}

/** What is averaged in the leaves: a class per row, or a number per row. */
export type Answers = { classes: number; labels: Int32Array } | { values: Float64Array };

/** A gain below this share of the node's own score is rounding. */
const LEAST_GAIN = 1e-12;

/**
 * Grows a classification or regression tree (Breiman et al. 1984) that lowers the Gini impurity or the variance with
 * every split. Both are Σ over channels of (sum in the channel)² / rows: one channel per class, or one for the number.
 * Node values are class shares, or the mean. Of equal splits the first column and bin wins.
 */
export function growImpurityTree(features: Matrix, answers: Answers, limits: ImpurityLimits): Tree {
  const binned = binFeatures(features);
  const channels = "values" in answers ? 1 : answers.classes;
  const labels = "values" in answers ? null : answers.labels;
  const masses = "values" in answers ? centered(answers.values) : null;
  const stride = channels + 1;
  const tree = emptyTree();
  const histogram = new Float64Array(binned.slots[binned.columns]! * stride);
  const order = Int32Array.from({ length: binned.rows }, (_, row) => row);
  const add = (target: Float64Array, base: number, row: number) => {
    if (labels !== null) target[base + labels[row]!]!++;
    else target[base]! += masses!.deviations[row]!;
    target[base + channels]!++;
  };

  const grow = (rows: Int32Array, depth: number): number => {
    const sums = new Float64Array(stride);
    for (const row of rows) add(sums, 0, row);
    const means = Array.from(sums.subarray(0, channels), (sum) => (masses?.center ?? 0) + sum / rows.length);
    const node = addLeaf(tree, means);
    if (depth >= limits.maxDepth || rows.length < 2 * limits.minSamplesLeaf) return node;
    fill(rows, sums);
    const split = findImpuritySplit(histogram, binned, sums, channels, limits.minSamplesLeaf);
    if (split === null) return node;
    const leftRows = rows.filter((row) => binned.bins[split.column * binned.rows + row]! <= split.bin);
    const rightRows = rows.filter((row) => binned.bins[split.column * binned.rows + row]! > split.bin);
    const threshold = between(features, split.column, leftRows, rightRows);
    const left = grow(leftRows, depth + 1);
    const right = grow(rightRows, depth + 1);
    branch(tree, node, { feature: split.column, threshold, left, right });
    return node;
  };

  const fill = (rows: Int32Array, sums: Float64Array) => {
    histogram.fill(0);
    for (const row of rows) {
      for (let entry = binned.starts[row]!; entry < binned.starts[row + 1]!; entry++) {
        add(histogram, binned.entries[entry]! * stride, row);
      }
    }
    for (let column = 0; column < binned.columns; column++) {
      const usual = (binned.slots[column]! + binned.usualBin[column]!) * stride;
      for (let k = 0; k < stride; k++) {
        let rest = sums[k]!;
        for (let slot = binned.slots[column]!; slot < binned.slots[column + 1]!; slot++) {
          rest -= histogram[slot * stride + k]!;
        }
        histogram[usual + k] = rest;
      }
    }
  };

  grow(order, 0);
  return tree;
}

function findImpuritySplit(
  histogram: Float64Array,
  { columns, slots }: BinnedFeatures,
  sums: Float64Array,
  channels: number,
  minSamplesLeaf: number,
): { column: number; bin: number } | null {
  const rows = sums[channels]!;
  const left = new Float64Array(channels);
  let whole = 0;
  for (let k = 0; k < channels; k++) whole += sums[k]! ** 2 / rows;
  let best: { column: number; bin: number } | null = null;
  let bestScore = whole * (1 + LEAST_GAIN);
  for (let column = 0; column < columns; column++) {
    left.fill(0);
    let count = 0;
    for (let slot = slots[column]!; slot < slots[column + 1]! - 1; slot++) {
      const base = slot * (channels + 1);
      count += histogram[base + channels]!;
      for (let k = 0; k < channels; k++) left[k]! += histogram[base + k]!;
      if (count < minSamplesLeaf) continue;
      if (rows - count < minSamplesLeaf) break;
      let score = 0;
      for (let k = 0; k < channels; k++) score += left[k]! ** 2 / count + (sums[k]! - left[k]!) ** 2 / (rows - count);
      if (score > bestScore) {
        bestScore = score;
        best = { column, bin: slot - slots[column]! };
      }
    }
  }
  return best;
}

/** Halfway between the two sides' nearest values, so that rows unlike any in training go to the nearer side. */
function between({ values, columns }: Matrix, column: number, left: Int32Array, right: Int32Array): number {
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (const row of left) most = Math.max(most, values[row * columns + column]!);
  for (const row of right) least = Math.min(least, values[row * columns + column]!);
  return halfway(most, least);
}

/** Deviations from a central value, rounded so that their sums are exact in any order. */
function centered(values: Float64Array): { center: number; deviations: Float64Array } {
  const center = values.slice().sort()[values.length >> 1]!;
  const deviations = values.map((value) => value - center);
  roundToFixedPoint(deviations);
  return { center, deviations };
}
