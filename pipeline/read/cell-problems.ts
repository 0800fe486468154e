import type { Problem } from "../problem.ts";
import { formatCount } from "../words.ts";
import type { ReadLimits } from "./read-limits.ts";

/** A table that would have more cells than are read, told before any of them is held. */
export function tooManyCells(path: string, rows: number, columns: number, limits: ReadLimits): Problem[] {
  if (rows * columns <= limits.cells) return [];
  return [
    {
      code: "too-many-cells",
      where: { path },
      message: "The file has too many cells.",
      written: `${formatCount(rows)} rows of ${formatCount(columns)} columns`,
      allowed: `at most ${formatCount(limits.cells)} cells`,
      remedy: "Review a sample of the rows, or leave out columns that are not needed.",
    },
  ];
}
