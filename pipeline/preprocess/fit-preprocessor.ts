import type { Outcome, Problem } from "../problem.ts";
import { sortNumbers } from "../stats/radix-sort.ts";
import { type CategoricalColumn, type Column, columnLength, type NumericColumn } from "../table/table.ts";
import { formatCount, shortenText } from "../words.ts";
import { encodedWidth } from "./encoded-width.ts";
import type { SerializedFeature, SerializedPreprocessor } from "./preprocessor.ts";

/** The category that stands for a missing cell. */
export const missingCategory = "(missing)";

export interface PreprocessLimits {
  /** Encoded columns in all. */
  width: number;
  /** Encoded cells: rows of the table times width; eight bytes each. */
  cells: number;
}

export const defaultPreprocessLimits: PreprocessLimits = { width: 5_000, cells: 40_000_000 };

/** A categorical column in which this many training values are all different identifies rows. */
const identifierRows = 100;

/**
 * Learns how to turn columns into numbers, from the training rows only: the median that replaces missing numbers, the
 * mean and population standard deviation (after that replacement, as in scikit-learn's usual pipeline) that
 * standardize them, and the categories that become one column each. A constant column has scale 1.
 *
 * Refused: more encoded columns or cells than the limits, and categorical columns whose values are all different.
 *
 * @param rows training rows, zero-based
 * @param path repository path of the data file, for problems
 */
export function fitPreprocessor(
  columns: readonly Column[],
  rows: Int32Array,
  path: string,
  limits = defaultPreprocessLimits,
): Outcome<SerializedPreprocessor> {
  const problems: Problem[] = [];
  const features = columns.map((column): SerializedFeature => {
    if (column.type === "numeric") return fitNumbers(column, rows);
    const { present, feature } = fitCategories(column, rows);
    if (present >= identifierRows && feature.categories.length >= present) {
      problems.push({
        code: "identifier-feature",
        where: { path, key: "exclude" },
        message: `Column ${shortenText(column.name)} has a different value in every row, so nothing can be learned from it.`,
        written: shortenText(column.name),
        allowed: "categories that repeat, or numbers",
        remedy: `Exclude column ${shortenText(column.name)}, or make it the key.`,
      });
    }
    return feature;
  });
  const preprocessor = { features };
  const width = encodedWidth(preprocessor);
  const tableRows = columns[0] === undefined ? 0 : columnLength(columns[0]);
  if (problems.length === 0 && (width > limits.width || width * tableRows > limits.cells)) {
    problems.push(tooWide(features, width, tableRows, path, limits));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: preprocessor, notes: [] };
}

function fitNumbers({ name, values }: NumericColumn, rows: Int32Array): SerializedFeature {
  const present = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  const sorted = sortNumbers(present.slice(0, count));
  const median = medianOfSorted(sorted);
  const missing = rows.length - count;
  // Sums are taken of values divided by the largest, so that values near 10³⁰⁸ do not overflow.
  const unit = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted[count - 1] ?? 0)) > 1e150 ? 1e160 : 1;
  let sum = missing * (median / unit);
  for (let i = 0; i < count; i++) sum += present[i]! / unit;
  const mean = rows.length === 0 ? 0 : sum / rows.length;
  let squares = missing * (median / unit - mean) ** 2;
  for (let i = 0; i < count; i++) squares += (present[i]! / unit - mean) ** 2;
  const scale = rows.length === 0 ? 0 : Math.sqrt(squares / rows.length);
  // Rounding leaves about this much spread in a constant column; a larger one is data.
  const noise = rows.length * Number.EPSILON * Math.abs(mean);
  const constant = count === 0 || (sorted[0] === sorted[count - 1] && (missing === 0 || median === sorted[0]));
  return {
    name,
    type: "numeric",
    median,
    mean: mean * unit,
    scale: constant || scale <= noise || !(scale * unit > 0) ? 1 : scale * unit,
  };
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  const low = sorted[middle - 1]!;
  const high = sorted[middle]!;
  return Number.isFinite(low + high) ? (low + high) / 2 : low / 2 + high / 2;
}

function fitCategories({ name, codes, categories }: CategoricalColumn, rows: Int32Array) {
  const used = new Uint8Array(categories.length);
  let present = 0;
  for (const row of rows) {
    const code = codes[row]!;
    if (code < 0) continue;
    used[code] = 1;
    present++;
  }
  const names = new Set(categories.filter((_, code) => used[code] === 1));
  if (present < rows.length) names.add(missingCategory);
  return { present, feature: { name, type: "categorical" as const, categories: [...names].sort() } };
}

function tooWide(
  features: readonly SerializedFeature[],
  width: number,
  rows: number,
  path: string,
  limits: PreprocessLimits,
): Problem {
  const widest = features
    .flatMap((feature) => (feature.type === "categorical" ? [feature] : []))
    .sort((a, b) => b.categories.length - a.categories.length)
    .slice(0, 3);
  const over = width > limits.width;
  return {
    code: over ? "too-many-categories" : "matrix-too-large",
    where: { path, key: "exclude" },
    message: over
      ? `One column per category makes ${formatCount(width)} columns.`
      : `The encoded data has ${formatCount(rows)} rows and ${formatCount(width)} columns, too many for the memory allowed.`,
    written: widest
      .map(({ name, categories }) => `${shortenText(name)}: ${formatCount(categories.length)} categories`)
      .join("; "),
    allowed: over
      ? `at most ${formatCount(limits.width)} columns in all`
      : `at most ${formatCount(limits.cells)} cells`,
    remedy:
      widest[0] === undefined
        ? "Use fewer columns or a sample of the rows."
        : `Exclude column ${shortenText(widest[0].name)}, or group its rare values.`,
  };
}
