import { quantile } from "../stats/quantile.ts";
import { sortNumbers } from "../stats/radix-sort.ts";
import type { ColumnProfile, DataProfile } from "./profile.ts";
import { type CategoricalColumn, countCodes, countMissing, type NumericColumn, type Table } from "./table.ts";

const topValues = 20;

/**
 * Counts and summaries of every column. Quartiles interpolate linearly between order statistics (as numpy and pandas
 * do by default); `sd` is the sample standard deviation (n − 1), zero for a single value.
 */
export function profileTable(table: Table, format: DataProfile["format"]): DataProfile {
  return {
    rows: table.rowCount,
    columns: table.columns.map((column) => (column.type === "numeric" ? profileNumbers(column) : profileCodes(column))),
    format,
  };
}

function profileNumbers({ name, values }: NumericColumn): ColumnProfile {
  // A typed array sorts NaN to its end.
  const all = sortNumbers(values.slice());
  let count = all.length;
  while (count > 0 && Number.isNaN(all[count - 1]!)) count--;
  const sorted = all.subarray(0, count);
  const missing = values.length - count;
  if (count === 0) return { name, type: "numeric", missing, summary: null, distinct: 0 };
  let sum = 0;
  let distinct = 1;
  for (let i = 0; i < count; i++) {
    sum += sorted[i]!;
    if (i > 0 && sorted[i] !== sorted[i - 1]) distinct++;
  }
  const min = sorted[0]!;
  const max = sorted[count - 1]!;
  // A sum of huge values can overflow, and rounding can push a mean out of its range by an ulp.
  const mean = Number.isFinite(sum) ? Math.min(max, Math.max(min, sum / count)) : runningMean(sorted);
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  const sd = min === max ? 0 : Math.sqrt(squares / (count - 1));
  return {
    name,
    type: "numeric",
    missing,
    distinct,
    summary: {
      min,
      q25: quantile(sorted, 0.25),
      median: quantile(sorted, 0.5),
      q75: quantile(sorted, 0.75),
      max,
      mean,
      sd: Number.isFinite(sd) ? sd : Number.MAX_VALUE,
    },
  };
}

function runningMean(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i]! / values.length;
  return mean;
}

function profileCodes(column: CategoricalColumn): ColumnProfile {
  const { name, categories } = column;
  const counts = countCodes(column);
  const order = Int32Array.from(categories, (_, code) => code).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const top = Array.from(order.subarray(0, topValues), (code) => ({ value: categories[code]!, count: counts[code]! }));
  return { name, type: "categorical", missing: countMissing(column), distinct: categories.length, top };
}
