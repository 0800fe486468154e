/** True for a number in [0, 1]. */
export function isProbability(value: number | null | undefined): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}
