/** The weighted mean of one number per row. A row of weight zero does not count, whatever its number. */
export function rowMean(values: Float64Array): (weights?: Float64Array) => number {
  const ones = new Float64Array(values.length).fill(1);
  const finite = values.every(Number.isFinite);
  return (weights = ones) => {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < values.length; row++) {
      const weight = weights[row]!;
      // Zero times infinity is not zero; without infinities the loop is faster for not asking.
      if (!finite && weight === 0) continue;
      sum += weight * values[row]!;
      total += weight;
    }
    return sum / total;
  };
}
