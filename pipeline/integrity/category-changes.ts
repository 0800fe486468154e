import type { CategoricalColumn, Column } from "../data/table.ts";
import { percent } from "../drift/describe-drift.ts";
import { formatCount } from "../format-count.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";
import { isMarkerText } from "./marker-values.ts";
import { quoteSome } from "./quote-text.ts";

/** A column with more distinct values than this share of its rows holds text: new values are its nature. */
const mostDistinct = 0.5;
/** A category that the head would hold fewer times than this at the base's rate may be absent by chance. */
const fewestExpected = 5;

/**
 * Categories of features that came or went. `value` is the share of rows they hold: of the head's for new ones, of the
 * base's for vanished ones. Cost: O(rows + categories).
 *
 * @param baseColumn the base's column of that name, or null
 */
export function categoryChanges(head: ExaminedSide, baseColumn: (name: string) => Column | null): Measured[] {
  return head.features.flatMap((column) => {
    const base = baseColumn(column.name);
    if (column.type !== "categorical" || base?.type !== "categorical") return [];
    if (isText(column) || isText(base)) return [];
    const scale = column.codes.length / base.codes.length;
    const added = absentFrom(base, column, 1);
    const gone = absentFrom(column, base, fewestExpected / scale);
    return [
      describe("new-categories", column, added, column.codes.length),
      describe("vanished-categories", column, gone, base.codes.length),
    ].filter((entry) => entry !== null);
  });
}

function isText({ codes, categories }: CategoricalColumn): boolean {
  return codes.length === 0 || categories.length > mostDistinct * codes.length;
}

interface Change {
  names: string[];
  rows: number;
}

/**
 * Categories of `column` with at least `fewest` rows that `other` does not have, the most frequent first. Missing
 * markers are told as such, not here.
 */
function absentFrom(other: CategoricalColumn, column: CategoricalColumn, fewest: number): Change {
  const known = new Set(other.categories);
  const counts = new Map<number, number>();
  for (const [code, name] of column.categories.entries())
    if (!known.has(name) && isMarkerText(name) !== "surely") counts.set(code, 0);
  if (counts.size === 0) return { names: [], rows: 0 };
  for (const code of column.codes) {
    const count = counts.get(code);
    if (count !== undefined) counts.set(code, count + 1);
  }
  const kept = [...counts].filter(([, count]) => count > 0 && count >= fewest);
  kept.sort(([a, countA], [b, countB]) => countB - countA || a - b);
  return {
    names: kept.map(([code]) => column.categories[code]!),
    rows: kept.reduce((sum, [, count]) => sum + count, 0),
  };
}

function describe(
  kind: "new-categories" | "vanished-categories",
  { name }: CategoricalColumn,
  { names, rows }: Change,
  total: number,
): Measured | null {
  if (names.length === 0) return null;
  const share = rows / total;
  const side = kind === "new-categories" ? "head" : "base";
  const many = names.length === 1 ? "1 category" : `${formatCount(names.length)} categories`;
  return {
    kind,
    column: name,
    value: share,
    evidence: { categories: names.length, rows, share, examples: quoteSome(names) },
    description: `${many} in ${percent(share)} of the ${side}'s rows: ${quoteSome(names)}`,
  };
}
