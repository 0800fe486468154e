import { countAtMost } from "../stats/count-below.ts";
import type { Column } from "../table/table.ts";

/** Rows grouped by the value of a column. */
export interface ValueGroups {
  /** Group per training row, below `count`. */
  train: Int32Array;
  /** Group per hold-out row; `count` for values that training does not have. */
  holdout: Int32Array;
  count: number;
}

const finestBins = 256;

/** Groups rows by category, or by bins of numbers between quantiles of the training rows. Missing is a group. */
export function groupByValue(
  column: Column,
  train: Int32Array,
  holdout: Int32Array,
  mostBins = finestBins,
): ValueGroups {
  return column.type === "categorical"
    ? groupCodes(column.codes, train, holdout)
    : groupNumbers(column.values, train, holdout, mostBins);
}

/** Only the values that occur get a group: a column may have a million categories. */
function groupCodes(codes: Int32Array, train: Int32Array, holdout: Int32Array): ValueGroups {
  const groups = new Map<number, number>();
  const trained = Int32Array.from(train, (row) => {
    const code = codes[row]!;
    const known = groups.get(code);
    if (known !== undefined) return known;
    groups.set(code, groups.size);
    return groups.size - 1;
  });
  const count = groups.size;
  return { train: trained, holdout: Int32Array.from(holdout, (row) => groups.get(codes[row]!) ?? count), count };
}

/** Group 0 is missing, group b ≥ 1 begins at cut b − 1. What lies below the first cut joins it. */
function groupNumbers(values: Float64Array, train: Int32Array, holdout: Int32Array, mostBins: number): ValueGroups {
  const cuts = cutPoints(
    Float64Array.from(train, (row) => values[row]!),
    mostBins,
  );
  const group = (row: number) => {
    const value = values[row]!;
    return Number.isNaN(value) || cuts.length === 0 ? 0 : Math.max(1, countAtMost(cuts, value));
  };
  return { train: Int32Array.from(train, group), holdout: Int32Array.from(holdout, group), count: cuts.length + 1 };
}

/** Distinct starts of bins of about equal size; every distinct value when there are few. Sorts `values` in place. */
function cutPoints(values: Float64Array, mostBins: number): Float64Array {
  values.sort();
  let known = values.length;
  while (known > 0 && Number.isNaN(values[known - 1]!)) known--;
  const distinct = values.subarray(0, known).filter((value, i, all) => i === 0 || value !== all[i - 1]);
  if (distinct.length <= mostBins) return distinct;
  const cuts = Float64Array.from({ length: mostBins }, (_, bin) => values[Math.floor((bin * known) / mostBins)]!);
  return cuts.filter((value, i, all) => i === 0 || value !== all[i - 1]);
}
