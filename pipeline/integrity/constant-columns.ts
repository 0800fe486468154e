import { quoteText } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/**
 * Features that are the same in every row, or empty. A text that is present or missing does tell rows apart; a number
 * that is present or missing does not, because missing numbers are filled in with the median.
 */
export function constantColumns(side: ExaminedSide): Measured[] {
  return side.features.flatMap((column) => {
    const profile = side.profiles.get(column.name)!;
    const rows = side.table.rowCount;
    const empty = profile.distinct === 0;
    const alike = profile.distinct === 1 && (profile.type === "numeric" || profile.missing === 0);
    if (!empty && !alike) return [];
    const only = profile.type === "numeric" ? profile.summary?.min.toString() : profile.top[0]?.value;
    return [
      {
        kind: "constant" as const,
        column: column.name,
        value: 1,
        evidence: { distinct: profile.distinct, missing: profile.missing, rows },
        description: empty ? "no value in any row" : `always ${quoteText(only ?? "")}`,
      },
    ];
  });
}
