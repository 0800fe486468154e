import { dominantShare } from "../drift/default-drift-options.ts";
import { dominantValue } from "../drift/paired-counts.ts";
import { type NumericSample, numericSample } from "../stats/numeric-sample.ts";
import { quantile } from "../stats/quantile.ts";
import type { Column } from "../table/table.ts";
import { missingValue } from "./slice-condition.ts";

/** A numeric column with at most this many distinct values is sliced by value, any other by quartile. */
const fewValues = 10;

/**
 * The values by which a column is sliced, each of which `sliceCondition` understands, in order.
 *
 * A categorical column gives its categories. A numeric one gives its values when they are few, otherwise four ranges cut
 * at the quartiles of the base, rounded to four digits so that the name of a slice is its exact definition. When one value
 * holds half of the rows (zeros), it is a slice, beside what lies below and above. Rows without a value are one, too.
 *
 * @param head the column whose rows are sliced, and the rows that count
 * @param base where the cut points come from, so that new data does not move them; null takes the head
 */
export function sliceValues(
  head: { column: Column; rows: Int32Array },
  base: { column: Column; rows: Int32Array } | null,
): string[] {
  const { column, rows } = head;
  if (column.type === "categorical") {
    const present = new Set<number>(rows.map((row) => column.codes[row]!));
    const values = [...present].filter((code) => code >= 0).sort((left, right) => left - right);
    return [...values.map((code) => column.categories[code]!), ...(present.has(-1) ? [missingValue] : [])];
  }
  const { values } = column;
  const { sorted, missing } = numericSample(Array.from(rows, (row) => values[row]!));
  const holes = missing > 0 ? [missingValue] : [];
  const distinct = [...new Set(sorted)];
  if (distinct.length <= fewValues) return [...distinct.map(String), ...holes];
  const reference =
    base?.column.type === "numeric" ? { cells: base.column.values, rows: base.rows } : { cells: values, rows };
  const before = numericSample(Array.from(reference.rows, (row) => reference.cells[row]!)).sorted;
  return [...ranges({ sorted: before.length > 0 ? before : sorted, missing }), ...holes];
}

function ranges(sample: NumericSample): string[] {
  const dominant = dominantValue(sample, dominantShare);
  if (dominant !== null) return [`<${dominant}`, String(dominant), `>${dominant}`];
  const cuts = [0.25, 0.5, 0.75].map((share) => Number(quantile(sample.sorted, share).toPrecision(4)));
  const edges = [...new Set(cuts)];
  const between = edges.slice(1).map((edge, i) => `${edges[i]} to ${edge}`);
  return [`<${edges[0]}`, ...between, `>=${edges.at(-1)}`];
}
