import type { TrainingSet } from "../estimator.ts";
import { exponentiate } from "../logistic-regression/loss.ts";

/** A loss over raw scores, rows × outputs row-major. */
export interface BoostingLoss {
  outputs: number;
  /** The best constant score of each output. */
  start: number[];
  /** First and second derivatives by the scores, one array per output. */
  derive(raw: Float64Array, gradients: readonly Float64Array[], hessians: readonly Float64Array[]): void;
  /** Mean loss. */
  mean(raw: Float64Array): number;
}

/** Keeps the log odds of an absent class finite. */
const LEAST_SHARE = 1e-10;

export function boostingLoss(set: TrainingSet): BoostingLoss {
  if (set.task === "regression") return squaredLoss(Float64Array.from(set.target));
  const actual = Int32Array.from(set.target);
  return set.classes === 2 ? logitLoss(actual) : softmaxLoss(actual, set.classes);
}

function squaredLoss(target: Float64Array): BoostingLoss {
  // Sorted, so that the rounding of the sum does not depend on the order of rows.
  const sorted = target.slice().sort();
  const middle = sorted[sorted.length >> 1]!;
  const mean = middle + sorted.reduce((sum, value) => sum + (value - middle), 0) / sorted.length;
  return {
    outputs: 1,
    start: [mean],
    derive(raw, [gradients], [hessians]) {
      for (let row = 0; row < target.length; row++) gradients![row] = raw[row]! - target[row]!;
      hessians!.fill(1);
    },
    mean(raw) {
      let sum = 0;
      for (let row = 0; row < target.length; row++) sum += (raw[row]! - target[row]!) ** 2 / 2;
      return sum / target.length;
    },
  };
}

function logitLoss(actual: Int32Array): BoostingLoss {
  const share = clampShare(actual.reduce((sum, which) => sum + which, 0) / actual.length);
  return {
    outputs: 1,
    start: [Math.log(share / (1 - share))],
    derive(raw, [gradients], [hessians]) {
      for (let row = 0; row < actual.length; row++) {
        const probability = 1 / (1 + Math.exp(-raw[row]!));
        gradients![row] = probability - actual[row]!;
        hessians![row] = probability * (1 - probability);
      }
    },
    mean(raw) {
      let sum = 0;
      for (let row = 0; row < actual.length; row++) {
        const score = actual[row] === 1 ? raw[row]! : -raw[row]!;
        sum += Math.log1p(Math.exp(-Math.abs(score))) + Math.max(-score, 0);
      }
      return sum / actual.length;
    },
  };
}

function softmaxLoss(actual: Int32Array, classes: number): BoostingLoss {
  const counts = new Float64Array(classes);
  for (const which of actual) counts[which]!++;
  const shares = new Float64Array(classes);
  const fillShares = (raw: Float64Array, row: number) => {
    for (let k = 0; k < classes; k++) shares[k] = raw[row * classes + k]!;
    const { sum } = exponentiate(shares, 0, classes);
    for (let k = 0; k < classes; k++) shares[k]! /= sum;
  };
  return {
    outputs: classes,
    start: Array.from(counts, (count) => Math.log(clampShare(count / actual.length))),
    derive(raw, gradients, hessians) {
      for (let row = 0; row < actual.length; row++) {
        fillShares(raw, row);
        for (let k = 0; k < classes; k++) {
          gradients[k]![row] = shares[k]! - (actual[row] === k ? 1 : 0);
          hessians[k]![row] = shares[k]! * (1 - shares[k]!);
        }
      }
    },
    mean(raw) {
      let sum = 0;
      for (let row = 0; row < actual.length; row++) {
        fillShares(raw, row);
        sum -= Math.log(Math.max(shares[actual[row]!]!, Number.MIN_VALUE));
      }
      return sum / actual.length;
    },
  };
}

function clampShare(share: number): number {
  return Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
}
