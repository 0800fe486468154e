import type { Matrix } from "../estimator.ts";
import type { Design } from "./design.ts";

/** Compressed rows: keeps only the `nonzero` values that are not zero. */
export function sparseDesign({ rows, columns, values }: Matrix, nonzero: number): Design {
  const width = columns + 1;
  const starts = new Int32Array(rows + 1);
  const indices = new Int32Array(nonzero);
  const kept = new Float64Array(nonzero);
  let filled = 0;
  let gramCost = 0;
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    for (let j = 0; j < columns; j++) {
      const value = values[at + j]!;
      if (value === 0) continue;
      indices[filled] = j;
      kept[filled++] = value;
    }
    starts[row + 1] = filled;
    gramCost += (filled - starts[row]! + 1) ** 2 / 2;
  }
  return {
    rows,
    columns,
    multiply(weights, outputs, scores) {
      for (let row = 0; row < rows; row++) {
        const end = starts[row + 1]!;
        for (let k = 0; k < outputs; k++) {
          const base = k * width;
          let sum = weights[base + columns]!;
          for (let at = starts[row]!; at < end; at++) sum += kept[at]! * weights[base + indices[at]!]!;
          scores[row * outputs + k] = sum;
        }
      }
    },
    accumulate(errors, outputs, gradient) {
      gradient.fill(0);
      for (let row = 0; row < rows; row++) {
        const end = starts[row + 1]!;
        for (let k = 0; k < outputs; k++) {
          const error = errors[row * outputs + k]!;
          const base = k * width;
          for (let at = starts[row]!; at < end; at++) gradient[base + indices[at]!]! += error * kept[at]!;
          gradient[base + columns]! += error;
        }
      }
    },
    passCost: nonzero + rows,
    gramCost,
    gram(rowWeights, stride) {
      const sums = new Float64Array(width * width);
      for (let row = 0; row < rows; row += stride) {
        const weight = stride * rowWeights[row]!;
        const start = starts[row]!;
        for (let left = start; left < starts[row + 1]!; left++) {
          const factor = weight * kept[left]!;
          const base = indices[left]! * width;
          for (let right = start; right <= left; right++) sums[base + indices[right]!]! += factor * kept[right]!;
          sums[columns * width + indices[left]!]! += factor;
        }
        sums[width * width - 1]! += weight;
      }
      return sums;
    },
  };
}
