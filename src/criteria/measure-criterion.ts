import type { MetricComparison, Slice } from "../../pipeline/compare/comparison.ts";
import type { DriftReport } from "../../pipeline/drift/drift-report.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { headRun, type ReviewedModel, troubleOf } from "../facts/model-state.ts";
import type { Demand, MeasurableCriterion } from "./parse-criterion.ts";

/** What measuring one criterion gave. */
export interface Measurement {
  answer: "met" | "unmet" | "cannot-tell";
  model: string | null;
  /** The head's value, or for "no drift" the number of drifted columns; null when there is none. */
  measured: number | null;
  /** Why it is not met or can't be told; null when it is met. */
  reason: string | null;
}

type MetricCriterion = Extract<MeasurableCriterion, { kind: "metric" }>;

/** Decides a criterion by the numbers of the review. The tick of its box plays no part. */
export function measureCriterion(criterion: MeasurableCriterion, models: ReviewedModel[]): Measurement {
  const model = chooseModel(criterion.model, models);
  if (typeof model === "string") return { answer: "cannot-tell", model: null, measured: null, reason: model };
  const trouble = troubleOf(model.state);
  const measure =
    criterion.kind === "no-drift" ? measureDrift(model, criterion.column) : measureMetric(criterion, model);
  if (measure.answer === "cannot-tell" && trouble !== null) {
    return { ...measure, model: model.id, reason: `${model.id}: ${trouble}` };
  }
  return { ...measure, model: model.id };
}

function chooseModel(name: string | null, models: ReviewedModel[]): ReviewedModel | string {
  const ids = models.map(({ id }) => id).join(", ");
  if (models.length === 0) return "the policy names no model, so there is nothing to measure";
  if (name !== null) {
    return models.find(({ id }) => id === name) ?? `there is no model ${name}; the policy has ${ids}`;
  }
  return models.length === 1
    ? models[0]!
    : `it does not say which model is meant; put one of ${ids} and a colon in front`;
}

type Answer = Omit<Measurement, "model">;

const cannotTell = (reason: string, measured: number | null = null): Answer => ({
  answer: "cannot-tell",
  measured,
  reason,
});

function measureDrift({ review, state }: ReviewedModel, column: string | null): Answer {
  if (state.kind !== "compared" || review?.drift == null) return cannotTell("there is no drift report");
  const columns = column === null ? review.drift.columns : columnsNamed(column, review.drift);
  const drifted = columns.filter(({ answer }) => answer === "drifted").map((one) => one.column);
  if (drifted.length > 0) {
    return { answer: "unmet", measured: drifted.length, reason: `drifted: ${drifted.slice(0, 10).join(", ")}` };
  }
  if (column !== null && columns.length === 0) {
    return cannotTell(`drift is not measured for a column ${column}`);
  }
  const stable =
    column === null ? review.drift.answer === "stable" : columns.every(({ answer }) => answer === "stable");
  return stable
    ? { answer: "met", measured: 0, reason: null }
    : cannotTell("there is not enough comparable data to tell");
}

/** By exact name; else whatever differs only in upper and lower case. */
function columnsNamed(name: string, { columns }: DriftReport): DriftReport["columns"] {
  const exact = columns.filter(({ column }) => column === name);
  return exact.length > 0 ? exact : columns.filter(({ column }) => column.toLowerCase() === name.toLowerCase());
}

function measureMetric(criterion: MetricCriterion, model: ReviewedModel): Answer {
  const { demand, metric, slice } = criterion;
  const compared = compareOf(model, metric, slice);
  if (demand.kind === "limit") {
    const own = meetsLimit(demand, headValue(model, metric, slice, compared));
    return own.answer === "met" && slice === null ? meetsOnBaseRows(demand, own, compared) : own;
  }
  if (compared === null) return cannotTell(slice === null ? "there is no base to compare with" : missingSlice(slice));
  if (compared.verdict === "incomparable") {
    return cannotTell(compared.reason ?? "the two sides can't be compared", compared.head);
  }
  if (demand.kind !== "improves") return notWorse(compared);
  return improves(demand.by, compared);
}

function compareOf({ review }: ReviewedModel, metric: string, slice: Slice | null): MetricComparison | null {
  const comparison = review?.comparison ?? null;
  const measured =
    slice === null
      ? comparison?.metrics
      : comparison?.slices.find((s) => s.slice.column === slice.column && s.slice.value === slice.value)?.metrics;
  return measured?.find((one) => one.metric === metric) ?? null;
}

function missingSlice({ column, value }: Slice): string {
  return `the hold-out has no measured slice ${column} = ${value}`;
}

type Value = { value: number } | { value: null; reason: string };

function headValue(
  model: ReviewedModel,
  metric: string,
  slice: Slice | null,
  compared: MetricComparison | null,
): Value {
  if (slice !== null) {
    if (compared === null) return { value: null, reason: missingSlice(slice) };
    return compared.head === null
      ? { value: null, reason: compared.reason ?? "it has no value in this slice" }
      : { value: compared.head };
  }
  return headRun(model.state)?.metrics[metric] ?? { value: null, reason: `${metric} was not measured for this model` };
}

function meetsLimit({ operator, limit }: Extract<Demand, { kind: "limit" }>, measured: Value): Answer {
  if (measured.value === null) return cannotTell(measured.reason);
  const { value } = measured;
  const met = { ">=": value >= limit, ">": value > limit, "<=": value <= limit, "<": value < limit }[operator];
  return { answer: met ? "met" : "unmet", measured: value, reason: met ? null : `it must be ${operator} ${limit}` };
}

/** Rows that a change brings or takes away must not meet a limit that is missed on those that the base holds out. */
function meetsOnBaseRows(
  demand: Extract<Demand, { kind: "limit" }>,
  own: Answer,
  compared: MetricComparison | null,
): Answer {
  const value = compared?.head ?? null;
  if (value === null || meetsLimit(demand, { value }).answer === "met") return own;
  const reason = `on the base's hold-out rows it is ${Number(value.toPrecision(4))}; it must be ${demand.operator} ${demand.limit} there too`;
  return { answer: "unmet", measured: own.measured, reason };
}

function notWorse(compared: MetricComparison): Answer {
  const { head, verdict, tolerance } = compared;
  if (verdict === "regressed") return { answer: "unmet", measured: head, reason: "it got worse" };
  if (verdict === "underpowered" && gain(compared) < -tolerance) {
    return cannotTell("the hold-out is too small to tell whether it got worse", head);
  }
  return { answer: "met", measured: head, reason: null };
}

function improves(by: number, compared: MetricComparison): Answer {
  const { head, verdict } = compared;
  if (verdict !== "improved") return { answer: "unmet", measured: head, reason: "no improvement was found" };
  // Rounding in the last place must not refuse an improvement by exactly the number that was asked for.
  if (gain(compared) >= by - 1e-12) return { answer: "met", measured: head, reason: null };
  return { answer: "unmet", measured: head, reason: `it improved, but by less than ${by}` };
}

/** How much better the head is, in the metric's unit; negative is worse. */
function gain({ metric, difference, direction }: MetricComparison): number {
  const way = metrics.get(metric)?.direction ?? direction;
  return way === "higher" ? (difference ?? 0) : -(difference ?? 0);
}
