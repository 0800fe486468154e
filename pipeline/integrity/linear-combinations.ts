import type { Column } from "../table/table.ts";
import { formatCount, quoteSome } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { fitTerms, type LinearTarget, type Term, termsOf } from "./linear-fit.ts";
import { explainedVariance, fewestRows } from "./predicted-power.ts";
import { type SplitSample, sampleRows } from "./predictive-power.ts";

/** Least squares leaves no more than this of the target's variance: rounded cells do, hardly any honest feature does. */
const mostLeft = 0.001;
/** Rows a side: a relation that is exact shows in few. */
const firstLook = 1_000;
const secondLook = 10_000;
const worthMore = 0.01;
/** A term that moves the target by less than this share of its spread is none of a relation's. */
const leastWeight = 0.01;
const fewestOfClass = 10;
const mostClasses = 20;
/** Of more numbers, those that came first are examined. */
const mostColumns = 100;

/**
 * Features, one of which came, of which the target is a linear combination but for rounding: their numbers or logarithms (so
 * products and ratios too) give the target, its logarithm, or whether a row is of a class. `value` is R² on the hold-out. One
 * feature that gives the target is told elsewhere. Cost: that of least squares on 1,000 rows, on 10,000 where that is close.
 */
export function linearCombinations(side: ExaminedSide, added: readonly Column[]): Measured[] {
  const came = new Set(added.map(({ name }) => name));
  const numbers = side.features.filter((column) => column.type === "numeric");
  const columns = [
    ...numbers.filter(({ name }) => came.has(name)),
    ...numbers.filter(({ name }) => !came.has(name)),
  ].slice(0, mostColumns);
  if (columns.length < 2 || !came.has(columns[0]!.name) || side.holdout.length < fewestRows) return [];
  const few = sampleRows(side, firstLook);
  const terms = termsOf(columns, few);
  const close = targetsOf(side, few).filter(({ target }) => left(terms, target) <= worthMore);
  if (close.length === 0) return [];
  const many = sampleRows(side, secondLook);
  const all = termsOf(columns, many);
  for (const { what, target } of targetsOf(side, many)) {
    if (!close.some((one) => one.what === what) || left(all, target) > mostLeft) continue;
    const needed = neededTerms(all, target);
    const names = [...new Set(needed.map(({ name }) => name))];
    if (names.length < 2 || !names.some((name) => came.has(name))) continue;
    return [describe(names, what, 1 - left(needed, target), many.holdout.length)];
  }
  return [];
}

function describe(names: string[], what: string, value: number, rows: number): Measured {
  return {
    kind: "linear-combination",
    column: null,
    columns: names,
    value,
    evidence: { measure: "R²", value, rows, target: what },
    description: `R² ${Math.floor(value * 1e6) / 1e6} by least squares on ${formatCount(rows)} hold-out rows with ${quoteSome(names)}`,
  };
}

/** The share of the target's variance that least squares leaves on the hold-out. */
function left(terms: readonly Term[], target: LinearTarget): number {
  if (terms.length === 0 || 2 * terms.length > target.train.length) return 1;
  return 1 - (explainedVariance(fitTerms(terms, target).predicted, target.holdout) ?? 0);
}

/** The fewest terms found that give the target as well: the lightest are left out as long as it stays. */
function neededTerms(terms: readonly Term[], target: LinearTarget): Term[] {
  const spread = Math.sqrt(target.train.reduce((sum, value) => sum + value ** 2, 0) / target.train.length);
  const { weights } = fitTerms(terms, target);
  const heavy = terms.filter((_, at) => Math.abs(weights[at]!) >= leastWeight * spread);
  let needed = left(heavy, target) <= mostLeft ? heavy : [...terms];
  for (const term of [...needed].sort((a, b) => weightOf(a) - weightOf(b))) {
    const fewer = needed.filter((one) => one !== term);
    if (left(fewer, target) <= mostLeft) needed = fewer;
  }
  return needed;

  function weightOf(term: Term): number {
    return Math.abs(weights[terms.indexOf(term)]!);
  }
}

/** What may be a combination: the value or its logarithm, or for each class whether a row is of it. Each around its mean. */
function targetsOf(side: ExaminedSide, rows: SplitSample): { what: string; target: LinearTarget }[] {
  const { task, classes, labels } = side;
  const read = (what: string, value: (label: number) => number) => {
    const take = (of: Int32Array) => Float64Array.from(of, (row) => value(labels[row]!));
    return { what, target: centered(take(rows.train), take(rows.holdout)) };
  };
  if (task !== "regression") {
    const counts = new Int32Array(classes.length);
    for (const row of rows.holdout) counts[labels[row]!]! += 1;
    const which = classes.length === 2 ? [1] : [...classes.keys()].slice(0, mostClasses);
    return which
      .filter((one) => counts[one]! >= fewestOfClass && rows.holdout.length - counts[one]! >= fewestOfClass)
      .map((one) => read(classes[one]!, (label) => Number(label === one)));
  }
  const positive = [rows.train, rows.holdout].every((part) => part.every((row) => labels[row]! > 0));
  return [read("value", Number), ...(positive ? [read("logarithm", Math.log)] : [])];
}

function centered(train: Float64Array, holdout: Float64Array): LinearTarget {
  const mean = train.reduce((sum, value) => sum + value / train.length, 0);
  return { train: train.map((value) => value - mean), holdout: holdout.map((value) => value - mean) };
}
