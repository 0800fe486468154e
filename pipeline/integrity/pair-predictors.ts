import type { Column } from "../table/table.ts";
import { formatCount, quoteText } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { isTooGood } from "./near-perfect.ts";
import type { PredictivePower } from "./predicted-power.ts";
import { powerOfGroups, type SplitSample, sampleRows } from "./predictive-power.ts";
import { leastPredictive } from "./single-predictors.ts";
import { groupByValue, type ValueGroups } from "./value-groups.ts";

/** Rows a side, as for single features. */
const firstLook = 1_000;
const secondLook = 10_000;
const worthMore = 0.8;
/** Cells of two features must have rows enough to learn from, so each has at most so many bins. */
const mostBins = 16;
/** Of more pairs, those with the first features that came are examined. */
const mostPairs = 1_000;

interface Grouped {
  column: Column;
  groups: ValueGroups;
  power: number;
}

/**
 * Pairs of features, one of which came, that together predict the target and not alone: what the cells of a grid of up to
 * 16 quantile bins each meant in training is held against the hold-out, as for single features. `value` is the predictive
 * power of the pair. Cost: O(pairs × rows) of at most 1,000 pairs and 1,000 rows a side, ten times the rows where it is high.
 */
export function pairPredictors(side: ExaminedSide, added: readonly Column[]): Measured[] {
  const names = new Set(added.map(({ name }) => name));
  const others = side.features.filter(({ name }) => !names.has(name));
  const pairs: [Column, Column][] = [];
  for (const [at, column] of added.entries()) {
    for (const other of [...added.slice(at + 1), ...others]) {
      if (pairs.length < mostPairs) pairs.push([column, other]);
    }
  }
  if (pairs.length === 0) return [];
  const few = groupsOf(side, sampleRows(side, firstLook));
  const many = groupsOf(side, sampleRows(side, secondLook));
  return pairs.flatMap(([one, other]) => {
    const first = together(few(one), few(other), side, few.rows);
    if (first !== null && first.value < worthMore) return [];
    const [left, right] = [many(one), many(other)];
    const power = together(left, right, side, many.rows);
    if (power === null || power.value < leastPredictive) return [];
    const alone = Math.max(left.power, right.power);
    if (alone >= leastPredictive || !isTooGood({ with: power.value, without: alone })) return [];
    return [describe(one.name, other.name, power)];
  });
}

function describe(one: string, other: string, power: PredictivePower): Measured {
  return {
    kind: "pair-predictor",
    column: null,
    columns: [one, other],
    value: power.value,
    evidence: { ...power },
    description: `${power.measure} ${Math.floor(power.value * 1e4) / 1e4} on ${formatCount(power.rows)} hold-out rows by ${quoteText(one)} and ${quoteText(other)}`,
  };
}

/** Groups of each column, worked out once. */
function groupsOf(side: ExaminedSide, rows: SplitSample) {
  const known = new Map<Column, Grouped>();
  const find = (column: Column): Grouped => {
    const found = known.get(column);
    if (found !== undefined) return found;
    const groups = groupByValue(column, rows.train, rows.holdout, mostBins);
    const grouped = { column, groups, power: powerOfGroups(groups, side, rows)?.value ?? 0 };
    known.set(column, grouped);
    return grouped;
  };
  return Object.assign(find, { rows });
}

/** Null where there are too many cells to learn from, or too few rows. */
function together(one: Grouped, other: Grouped, side: ExaminedSide, rows: SplitSample): PredictivePower | null {
  const width = other.groups.count + 1;
  const count = (one.groups.count + 1) * width;
  if (count > rows.train.length) return null;
  const cells = (left: Int32Array, right: Int32Array) => left.map((group, at) => group * width + right[at]!);
  const groups = {
    train: cells(one.groups.train, other.groups.train),
    holdout: cells(one.groups.holdout, other.groups.holdout),
    count,
  };
  return powerOfGroups(groups, side, rows);
}
