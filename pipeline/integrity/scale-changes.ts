import { shortNumber } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** Smaller factors are ordinary change, not another unit. */
const leastFactor = 5;
/** How far the factors of center and spread may differ. */
const agreement = 1.5;
const fewestRows = 20;

/**
 * Numeric features that look as if they were written in another unit: median, quartiles and standard deviation all
 * changed by about the same factor, 5 or more in either direction. `value` is the factor, at least 1.
 *
 * @param baseName what the base calls a column, or null
 */
export function scaleChanges(
  head: ExaminedSide,
  base: ExaminedSide,
  baseName: (name: string) => string | null,
): Measured[] {
  if (Math.min(head.table.rowCount, base.table.rowCount) < fewestRows) return [];
  return head.features.flatMap(({ name }) => {
    const after = head.profiles.get(name);
    const before = base.profiles.get(baseName(name) ?? "");
    if (after?.type !== "numeric" || before?.type !== "numeric") return [];
    const [from, to] = [before.summary, after.summary];
    if (from === null || to === null) return [];
    const factor = to.median / from.median;
    const value = factor >= 1 ? factor : 1 / factor;
    if (!(value >= leastFactor && value < Number.POSITIVE_INFINITY)) return [];
    const agrees = (old: number, now: number) => {
      const off = now / old / factor;
      return off <= agreement && off >= 1 / agreement;
    };
    if (!agrees(from.q25, to.q25) || !agrees(from.q75, to.q75) || !agrees(from.sd, to.sd)) return [];
    return [
      {
        kind: "scale-change" as const,
        column: name,
        value,
        evidence: { factor, base: from.median, head: to.median },
        description: `about ${shortNumber(factor, 3)} times what it was, median ${shortNumber(from.median)} → ${shortNumber(to.median)}`,
      },
    ];
  });
}
