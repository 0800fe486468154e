import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import type { Column, Table } from "../table/table.ts";
import { type MeasuredColumn, measureColumn } from "./column-drift.ts";
import { dataSetAnswer } from "./data-set-answer.ts";
import type { ColumnDrift, DriftOptions, DriftReport } from "./drift-report.ts";
import type { DriftComponent } from "./value-drift.ts";

/** Rounding of an effect must not decide: this much below the threshold still counts as reaching it. */
const rounding = 1e-12;

export interface DriftInput extends DriftOptions {
  target: string;
  features: string[];
  /** What both models predict, for example the probability of the positive class, as one column per side. */
  predictions?: { base: Column; head: Column };
}

/**
 * Compares the distribution of every feature, of the target and of the predictions in the head with the base.
 *
 * A column has drifted when an effect reaches its threshold **and** its Benjamini–Hochberg q over every judged effect of
 * the report is below `level` **and** both sides have `minimumRows` values. Columns on one side only are left to the
 * schema difference. The data set as a whole has drifted when enough features did or the target did.
 *
 * Total: empty tables, constant or all-missing columns and a million categories have a defined answer.
 * Cost: O(rows · log rows) per column.
 *
 * @param base the reference, for example the data that the accepted model was trained on
 * @param head the current data
 */
export function detectDrift(base: Table, head: Table, options: DriftInput): DriftReport {
  const measured = comparedColumns(base, head, options).map(({ before, after, role }) =>
    measureColumn(before, after, role, options),
  );
  const judged = measured.flatMap((column) => column.judged);
  const corrected = benjaminiHochberg(judged.map((component) => component.p));
  const q = new Map(judged.map((component, i) => [component, corrected[i] ?? null]));
  const columns = measured.map((column) => answerColumn(column, q, options));
  return { ...dataSetAnswer(columns, options), columns };
}

function comparedColumns(base: Table, head: Table, { target, features, exclude, predictions }: DriftInput) {
  const before = new Map(base.columns.map((column) => [column.name, column]));
  const after = new Map(head.columns.map((column) => [column.name, column]));
  const left = new Set([...exclude, target]);
  const names = [...new Set(features)].filter((name) => !left.has(name));
  const wanted: { name: string; role: ColumnDrift["role"] }[] = names.map((name) => ({ name, role: "feature" }));
  if (!exclude.includes(target)) wanted.unshift({ name: target, role: "target" });
  const pairs = wanted.flatMap(({ name, role }) => {
    const baseColumn = before.get(name);
    const headColumn = after.get(name);
    return baseColumn && headColumn ? [{ before: baseColumn, after: headColumn, role }] : [];
  });
  if (predictions) pairs.push({ before: predictions.base, after: predictions.head, role: "prediction" });
  return pairs;
}

function answerColumn(
  column: MeasuredColumn,
  q: Map<DriftComponent, number | null>,
  options: DriftOptions,
): ColumnDrift {
  const drifted = (component: DriftComponent) =>
    component.effect >= component.threshold - rounding && (q.get(component) ?? 1) < options.level;
  const real = column.judged.filter(drifted);
  const candidates = real.length > 0 ? real : column.judged.length > 0 ? column.judged : [column.shown];
  const decisive = candidates.reduce((best, next) => (best && next && ratio(next) < ratio(best) ? best : next));
  const { answer, reason } = real.length > 0 ? { answer: "drifted" as const, reason: null } : column.otherwise;
  const described = (real.length > 1 ? real : [decisive]).flatMap((component) => component?.description ?? []);
  return {
    column: column.column,
    type: column.type,
    role: column.role,
    answer,
    statistic: decisive?.statistic ?? "none",
    effect: decisive?.effect ?? null,
    threshold: decisive?.threshold ?? options.thresholds[column.type],
    test: decisive?.test ?? "none",
    p: decisive?.p ?? null,
    q: (decisive && q.get(decisive)) ?? null,
    statistics: column.statistics,
    rows: column.rows,
    missing: column.missing,
    description: [...described, ...(reason === null ? [] : [reason])].join("; "),
  };
}

function ratio({ effect, threshold }: DriftComponent): number {
  return threshold > 0 ? effect / threshold : effect;
}
