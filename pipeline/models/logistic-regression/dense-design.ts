import type { Matrix } from "../estimator.ts";
import type { Design } from "./design.ts";

/** Every value in its place: fast when most are not zero. */
export function denseDesign({ rows, columns, values }: Matrix): Design {
  const width = columns + 1;
  return {
    rows,
    columns,
    multiply(weights, outputs, scores) {
      for (let row = 0, at = 0; row < rows; row++, at += columns) {
        for (let k = 0; k < outputs; k++) {
          const base = k * width;
          let sum = weights[base + columns]!;
          for (let j = 0; j < columns; j++) sum += values[at + j]! * weights[base + j]!;
          scores[row * outputs + k] = sum;
        }
      }
    },
    accumulate(errors, outputs, gradient) {
      gradient.fill(0);
      for (let row = 0, at = 0; row < rows; row++, at += columns) {
        for (let k = 0; k < outputs; k++) {
          const error = errors[row * outputs + k]!;
          const base = k * width;
          for (let j = 0; j < columns; j++) gradient[base + j]! += error * values[at + j]!;
          gradient[base + columns]! += error;
        }
      }
    },
    passCost: rows * width,
    gramCost: (rows * width * width) / 2,
    gram(rowWeights, stride) {
      const sums = new Float64Array(width * width);
      for (let row = 0, at = 0; row < rows; row += stride, at += stride * columns) {
        const weight = stride * rowWeights[row]!;
        for (let i = 0; i < columns; i++) {
          const factor = weight * values[at + i]!;
          const base = i * width;
          for (let j = 0; j <= i; j++) sums[base + j]! += factor * values[at + j]!;
          sums[columns * width + i]! += factor;
        }
        sums[width * width - 1]! += weight;
      }
      return sums;
    },
  };
}
