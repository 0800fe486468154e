/** Digits after the binary point of the largest value; 2²³ rows of 30 bits still add up within 53 bits. */
const BITS = 30;

/**
 * Rounds values, in place, to multiples of a power of two chosen from the largest of them, so that their sums are exact
 * in double precision: trees then do not depend on the order in which rows are added, and one histogram can be
 * subtracted from another without error. The relative error is at most 2⁻³⁰ of the largest value, smaller than that of
 * the single precision that other implementations use.
 */
export function roundToFixedPoint(values: Float64Array): void {
  let least = 0;
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > most) most = value;
    else if (value < least) least = value;
  }
  const largest = Math.max(most, -least);
  if (largest === 0) return;
  const unit = 2 ** (Math.ceil(Math.log2(largest)) - BITS);
  // Adding a number whose last binary digit is the unit rounds to it; subtracting it again is exact.
  const shift = 1.5 * 2 ** 52 * unit;
  if (unit === 0 || !Number.isFinite(shift)) return;
  for (let i = 0; i < values.length; i++) values[i] = values[i]! + shift - shift;
}
