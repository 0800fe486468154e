export interface LeadingShare {
  /** how many of the largest squares it takes to make half of the sum; 0 when the sum is 0 */
  readonly count: number;
  /** what these make of the sum, at least ½ */
  readonly share: number;
}

/**
 * How few of the largest squares make half of a sum of squares. Of influences on a statistic that sum is its variance, and
 * a variance that two rows make is known as badly as two rows can say. Cost: O(n log n).
 *
 * @example halfOfSquares([3, -1, 1, 0]); // { count: 1, share: 0.8181818181818182 }
 */
export function halfOfSquares(values: ArrayLike<number>): LeadingShare {
  const squares = Float64Array.from(values, (value) => value * value).sort();
  const total = squares.reduce((sum, square) => sum + square, 0);
  if (!(total > 0)) return { count: 0, share: 0 };
  let sum = 0;
  let count = 0;
  while (sum < total / 2) sum += squares[squares.length - ++count]!;
  return { count, share: sum / total };
}
