import { pelzGoodCdf } from "./pelz-good-expansion.ts";

/**
 * P(D ≥ d) for the one-sample Kolmogorov–Smirnov statistic of n observations from a continuous distribution.
 *
 * Right tail (n d² > 4, or > 2.2 beyond 140 observations): twice the exact one-sided probability.
 * Otherwise, up to 140 observations: Durbin's matrix in the form of Marsaglia, Tsang and Wang (2003), exact.
 * Otherwise: the asymptotic expansion of Pelz and Good (1976), error below 1e-5 there.
 * The choice of regions follows Simard and L'Ecuyer (2011).
 *
 * Cost: O(n) in the right tail, O((n d)³ log n) for the matrix, constant for the expansion.
 * Throws a RangeError unless n is a positive integer and d is a number; d ≤ 1/(2n) gives 1, d ≥ 1 gives 0.
 *
 * @example kolmogorovSurvival(10, 0.4); // 0.0590…
 */
export function kolmogorovSurvival(n: number, d: number): number {
  if (!(Number.isInteger(n) && n > 0) || Number.isNaN(d)) {
    throw new RangeError(`the Kolmogorov distribution needs a positive integer n and a number d, not ${n} and ${d}`);
  }
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  const scaled = n * d * d;
  if (scaled > 370) return 0;
  if (scaled > (n > 140 ? 2.2 : 4)) return Math.min(1, 2 * oneSidedSurvival(n, d));
  const below = n > 140 ? pelzGoodCdf(n, d) : durbinMatrixCdf(n, d);
  return Math.min(1, Math.max(0, 1 - below));
}

/** P(D⁺ ≥ d) = d Σ C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j), all terms positive (Birnbaum and Tingey 1951). */
function oneSidedSurvival(n: number, d: number): number {
  const last = Math.ceil(n * (1 - d)) - 1;
  let logChoose = 0;
  let sum = 0;
  for (let j = 0; j <= last; j++) {
    const exponent = logChoose + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(1 - d - j / n);
    if (exponent > -745) sum += Math.exp(exponent);
    logChoose += Math.log((n - j) / (j + 1));
  }
  return Math.min(1, d * sum);
}

/** P(D < d) as an entry of the n-th power of a banded matrix; powers of ten are split off against overflow. */
function durbinMatrixCdf(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const base = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < Math.min(size, i + 2); j++) base[i * size + j] = 1;
  }
  for (let i = 0; i < size; i++) {
    base[i * size]! -= h ** (i + 1);
    base[(size - 1) * size + i]! -= h ** (size - i);
  }
  base[(size - 1) * size]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      for (let g = 2; g <= i - j + 1; g++) base[i * size + j]! /= g;
    }
  }
  let power = identity(size);
  let powerExponent = 0;
  let square = base;
  let squareExponent = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      power = multiply(power, square, size);
      powerExponent += squareExponent + shrink(power, size, k);
    }
    square = multiply(square, square, size);
    squareExponent = 2 * squareExponent + shrink(square, size, k);
  }
  let probability = power[(k - 1) * size + k - 1]!;
  for (let i = 1; i <= n; i++) {
    probability *= i / n;
    if (probability < 1e-140) {
      probability *= 1e140;
      powerExponent -= 140;
    }
  }
  return probability * 10 ** powerExponent;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = left[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * right[k * size + j]!;
    }
  }
  return product;
}

/** Divides by 10^140 when the middle entry is large and returns the exponent taken out. */
function shrink(matrix: Float64Array, size: number, k: number): number {
  if (matrix[(k - 1) * size + k - 1]! < 1e140) return 0;
  for (let i = 0; i < matrix.length; i++) matrix[i]! *= 1e-140;
  return 140;
}
