import type { Column } from "../table/table.ts";
import { percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** With fewer rows, ordinary quantities are often all distinct. */
const fewestRows = 50;
const textShare = 0.95;

/** Features that name rows instead of describing them: a model can only learn them by heart. */
export function idLikeColumns(side: ExaminedSide): Measured[] {
  return side.features.flatMap((column) => {
    const share = idShare(side, column);
    if (share === null) return [];
    const distinct = side.profiles.get(column.name)!.distinct;
    return [
      {
        kind: "id-like" as const,
        column: column.name,
        value: share,
        evidence: { distinct, rows: side.table.rowCount, share },
        description: `distinct in ${percent(share)} of the rows that have a value`,
      },
    ];
  });
}

/**
 * The share of distinct values when a column looks like an identifier, else null.
 *
 * Text does from 95 % on. Numbers only when they are whole, all distinct, and either rise or fall through the whole file
 * or leave few gaps: a quantity such as an income can be distinct everywhere, too. Cost: O(rows) for such numbers.
 */
export function idShare(side: ExaminedSide, column: Column): number | null {
  const profile = side.profiles.get(column.name);
  if (profile === undefined) return null;
  const known = side.table.rowCount - profile.missing;
  const share = known === 0 ? 0 : profile.distinct / known;
  if (known < fewestRows) return null;
  if (profile.type === "categorical") return share >= textShare ? share : null;
  if (share < 1 || profile.summary === null || column.type !== "numeric") return null;
  const dense = profile.summary.max - profile.summary.min < 2 * known;
  return isWhole(column.values) && (dense || isMonotone(column.values)) ? share : null;
}

function isWhole(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || Number.isInteger(value));
}

/** Strictly rising or strictly falling, missing cells aside. */
function isMonotone(values: Float64Array): boolean {
  let last = Number.NaN;
  let direction = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const step = Math.sign(value - last);
    if (step === 0 || (direction !== 0 && step === -direction)) return false;
    direction = step || direction;
    last = value;
  }
  return true;
}
