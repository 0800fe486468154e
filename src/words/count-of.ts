import { formatCount } from "../../pipeline/words.ts";

/**
 * How many of something, in words.
 *
 * @example countOf(1, "row"); // "1 row"
 * @example countOf(8140, "row"); // "8,140 rows"
 */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
