import { twoProportionZ } from "../stats/two-proportion-z.ts";
import { type Column, columnLength, countMissing } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { missingThreshold } from "./default-drift-options.ts";
import { describeMissing } from "./describe-drift.ts";
import type { ColumnDrift, DriftOptions } from "./drift-report.ts";
import { readAsNumbers } from "./read-as-numbers.ts";
import { categoricalDrift, type DriftComponent, numericDrift, type ValueDrift } from "./value-drift.ts";

/** A column before the correction over all columns: its possible drifts and what to answer when none is real. */
export interface MeasuredColumn {
  column: string;
  type: ColumnDrift["type"];
  role: ColumnDrift["role"];
  /** Drifts that have enough rows to be judged. */
  judged: DriftComponent[];
  /** Shown when nothing can be judged. */
  shown: DriftComponent | null;
  /** The answer, and its reason, when no judged component has drifted. */
  otherwise: { answer: ColumnDrift["answer"]; reason: string | null };
  statistics: Record<string, number | null>;
  rows: ColumnDrift["rows"];
  missing: ColumnDrift["missing"];
}

type Options = Pick<DriftOptions, "minimumRows" | "thresholds">;

/**
 * Measures how one column changed: its values, and apart from them the share of missing cells.
 * Of different types on the two sides it is compared by its numbers when few of its cells are texts, and is not comparable
 * otherwise; the schema difference reports both.
 */
export function measureColumn(
  before: Column,
  after: Column,
  role: ColumnDrift["role"],
  options: Options,
): MeasuredColumn {
  const same = readAsNumbers(before, after);
  const { base, head } = same ?? { base: before, head: after };
  const rows = { base: columnLength(base), head: columnLength(head) };
  const missing = { base: countMissing(base), head: countMissing(head) };
  const measured = { column: base.name, type: base.type, role, rows, missing };
  if (same === null) {
    const reason = `${before.type} in the base, ${after.type} in the head`;
    const otherwise = { answer: "not-comparable" as const, reason };
    return { ...measured, judged: [], shown: null, otherwise, statistics: {} };
  }
  const values = valueDrift(base, head, options);
  const holes = missingDrift(rows, missing);
  const statistics = { ...values.statistics, ...(holes ? { "missing-rate": holes.effect } : {}) };
  const judged: DriftComponent[] = [];
  if (holes && Math.min(rows.base, rows.head) >= options.minimumRows) judged.push(holes);
  const present = { base: rows.base - missing.base, head: rows.head - missing.head };
  const enough = Math.min(present.base, present.head) >= options.minimumRows;
  if (values.component && enough) judged.push(values.component);
  return {
    ...measured,
    judged,
    shown: values.component,
    otherwise: withNote(fallback(values, enough, present, rows), same.note),
    statistics,
  };
}

function valueDrift(base: Column, head: Column, options: Options): ValueDrift {
  if (base.type === "numeric" && head.type === "numeric") return numericDrift(base, head, options.thresholds);
  if (base.type === "categorical" && head.type === "categorical") {
    return categoricalDrift(base, head, options.thresholds);
  }
  throw new TypeError("columns of different types are never compared");
}

/** Null when nothing is missing on either side, so that the column adds no test to the correction. */
function missingDrift(rows: ColumnDrift["rows"], missing: ColumnDrift["missing"]): DriftComponent | null {
  if (missing.base + missing.head === 0 || rows.base === 0 || rows.head === 0) return null;
  const test = twoProportionZ(
    { successes: missing.base, trials: rows.base },
    { successes: missing.head, trials: rows.head },
  );
  return {
    statistic: "missing-rate",
    effect: Math.abs(missing.head / rows.head - missing.base / rows.base),
    threshold: missingThreshold,
    test: "two-proportion z",
    p: test.value?.pValue ?? null,
    description: describeMissing(missing.base / rows.base, missing.head / rows.head),
  };
}

function fallback(
  values: ValueDrift,
  enough: boolean,
  present: ColumnDrift["rows"],
  rows: ColumnDrift["rows"],
): MeasuredColumn["otherwise"] {
  // a column that had no value and still has none did not change
  if (rows.base > 0 && rows.head > 0 && present.base + present.head === 0) {
    return { answer: "stable", reason: values.reason };
  }
  if (!enough && present.base + present.head > 0) {
    const reason = `${formatCount(present.base)} and ${formatCount(present.head)} values are too few to judge`;
    return { answer: "not-enough-data", reason };
  }
  if (values.component === null) return { answer: "not-comparable", reason: values.reason };
  return { answer: "stable", reason: null };
}

function withNote({ answer, reason }: MeasuredColumn["otherwise"], note: string | null): MeasuredColumn["otherwise"] {
  const parts = [reason, note].filter((part) => part !== null);
  return { answer, reason: parts.length === 0 ? null : parts.join("; ") };
}
