import { type CategoricalColumn, type Column, countCodes, type NumericColumn } from "../table/table.ts";
import { formatCount, percent, quoteText } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { doubtfulNumbers, isMarkerText, markerNumbers } from "./marker-values.ts";

/** A doubtful marker must be met this often, in a base that has at least so many values without it. */
const fewestCells = 3;
const fewestBaseCells = 50;

/**
 * Values that look like a missing value which nobody declared: `?`, `N/A`, `-999`. `value` is their share of the rows.
 *
 * Texts come from a list. Numbers must be on a list, be the smallest or largest of their column, and stand apart from
 * the rest by at least half of its range, or be the only negative. Ordinary values that often are markers (`0`, `-1`,
 * `9999`, `none`) count only when the base's column does without them.
 *
 * @param baseColumn the base's column of that name, or null
 */
export function missingMarkers(side: ExaminedSide, baseColumn: (name: string) => Column | null): Measured[] {
  const target = side.table.columns.filter(({ name }) => name === side.target);
  return [...side.features, ...target].flatMap((column) => {
    const base = baseColumn(column.name);
    const found = column.type === "categorical" ? textMarkers(column, base) : numberMarkers(column, base, side);
    return found.map(({ marker, count }) => {
      const share = count / side.table.rowCount;
      return {
        kind: "missing-marker" as const,
        column: column.name,
        value: share,
        evidence: { marker, count, share },
        description: `${count === 1 ? "1 cell" : `${formatCount(count)} cells`} with ${quoteText(marker)}, ${percent(share)} of the rows`,
        rows: { of: side, numbers: rowsWith(column, marker) },
      };
    });
  });
}

function rowsWith(column: Column, marker: string): Int32Array {
  if (column.type === "numeric") {
    const value = Number(marker);
    return Int32Array.from(column.values.keys()).filter((row) => column.values[row] === value);
  }
  const code = column.categories.indexOf(marker);
  return Int32Array.from(column.codes.keys()).filter((row) => column.codes[row] === code);
}

interface Marker {
  marker: string;
  count: number;
}

function textMarkers(column: CategoricalColumn, base: Column | null): Marker[] {
  const marked = column.categories.flatMap((text, code) => {
    const answer = isMarkerText(text);
    return answer === "surely" || (answer === "doubtful" && lacksText(base, text)) ? [code] : [];
  });
  if (marked.length === 0) return [];
  const counts = countCodes(column);
  return marked
    .filter((code) => counts[code]! > 0)
    .map((code) => ({ marker: column.categories[code]!, count: counts[code]! }));
}

function lacksText(base: Column | null, text: string): boolean {
  if (base === null) return false;
  if (base.type === "numeric") return base.values.length >= fewestBaseCells;
  return base.codes.length >= fewestBaseCells && !base.categories.includes(text);
}

function numberMarkers({ name, values }: NumericColumn, base: Column | null, side: ExaminedSide): Marker[] {
  const profile = side.profiles.get(name);
  if (profile?.type !== "numeric" || profile.summary === null || profile.distinct < 3) return [];
  const { min, max } = profile.summary;
  return [...new Set([min, max])].flatMap((edge) => {
    const sure = markerNumbers.includes(edge);
    if (!sure && !(doubtfulNumbers.includes(edge) && liesOutside(base, edge))) return [];
    const { count, nearest, farthest } = othersThan(edge, values);
    const apart = Math.abs(nearest - edge) >= Math.abs(farthest - nearest) / 2;
    const onlyNegative = edge <= -99 && nearest >= 0;
    const accepted = sure ? apart || onlyNegative : count >= fewestCells;
    return accepted ? [{ marker: String(edge), count }] : [];
  });
}

function liesOutside(base: Column | null, value: number): boolean {
  if (base?.type !== "numeric") return false;
  const known = base.values.filter((cell) => !Number.isNaN(cell));
  return (
    known.length >= fewestBaseCells && (known.every((cell) => cell > value) || known.every((cell) => cell < value))
  );
}

/** How often a value occurs, and the nearest and farthest of the others. */
function othersThan(value: number, values: Float64Array): { count: number; nearest: number; farthest: number } {
  let count = 0;
  let nearest = Number.NaN;
  let farthest = value;
  for (const cell of values) {
    if (cell === value) count++;
    else if (!Number.isNaN(cell)) {
      const distance = Math.abs(cell - value);
      if (Number.isNaN(nearest) || distance < Math.abs(nearest - value)) nearest = cell;
      if (distance > Math.abs(farthest - value)) farthest = cell;
    }
  }
  return { count, nearest, farthest };
}
