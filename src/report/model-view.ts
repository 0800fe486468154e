import type { Comparison, MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { ColumnDrift } from "../../pipeline/drift/drift-report.ts";
import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import { formatCount } from "../../pipeline/words.ts";
import type { Facts } from "../facts/facts.ts";
import {
  headRun,
  isUnchanged,
  isUnmerged,
  type ReviewedModel,
  reviewedModels,
  troubleOf,
} from "../facts/model-state.ts";
import { driftNews } from "../facts/moved-columns.ts";
import type { Finding } from "../verdict/check.ts";
import type { CheckOutcome, Verdict } from "../verdict/verdict.ts";
import { anchorNotes } from "./anchor-notes.ts";
import { asSentence } from "./as-sentence.ts";
import { formatMetric, formatSetting } from "./format-number.ts";
import {
  chooseRows,
  comparedRows,
  headOnlyRows,
  type Mark,
  type MetricLevels,
  type MetricRow,
  unchangedRows,
} from "./metric-row.ts";
import { type ProblemView, toProblemViews } from "./problem-view.ts";
import { holdsTheSame } from "./same-content.ts";
import { type Cause, causesOf, whyUnattributed } from "./why-changed.ts";
import { type WorstSlice, worstSlice } from "./worst-slice.ts";

/** The part of one model that is always visible. */
export interface ModelView {
  id: string;
  /** Both sides ran and nothing about it changed, so that its id says enough. */
  quiet: boolean;
  /** Plain sentences, in the order to be read. */
  notes: string[];
  rows: MetricRow[];
  /** Confidence of the intervals in percent. */
  level: number;
  moreRows: number;
  causes: Cause[];
  worst: WorstSlice | null;
  drifted: (ColumnDrift & { mark: Mark })[];
  moreDrifted: number;
  /** What tells the sides' rows apart by all columns together; null when nothing does. */
  jointDrift: string | null;
  problems: ProblemView[];
  moreProblems: number;
}

const shownRows = 10;

export function toModelViews(verdict: Verdict, facts: Facts): ModelView[] {
  const levels = levelsOf(verdict.outcomes);
  const blocking = blockingDrift(verdict.outcomes);
  return reviewedModels(facts).map((model) => toModelView(model, levels, blocking));
}

/** All metric rows of a model, in the registry's order. */
export function metricRows(model: ReviewedModel, levels: MetricLevels): MetricRow[] {
  const { policy, review, state } = model;
  const run = headRun(state);
  if (run !== null && state.kind !== "compared") return headOnlyRows(run.metrics, policy.metrics, levels);
  const still = isUnchanged(model) && review?.comparison?.status === "compared";
  if (run !== null && still) return unchangedRows(run.metrics, policy.metrics, levels);
  return comparedRows(ownReasons(review?.comparison ?? null), policy.metrics, levels, run);
}

/** Metrics of a comparison; what is against comparing the sides at all stands in its note, not beside each metric. */
function ownReasons(comparison: Comparison | null): MetricComparison[] {
  if (comparison?.status !== "incomparable") return comparison?.metrics ?? [];
  return comparison.metrics.map((metric) => ({ ...metric, reason: null }));
}

/** Confidence of a model's intervals: `95`. */
export function percentOf({ review, policy }: ReviewedModel): number {
  return (review?.comparison?.level ?? policy.level) * 100;
}

export function levelsOf(outcomes: CheckOutcome[]): MetricLevels {
  const level = (id: string) => outcomes.find((outcome) => outcome.id === id)?.level ?? "off";
  return { regression: level("metric-regression"), limits: level("metric-threshold") };
}

/** What of the drift blocks, and nobody waived. */
function blockingDrift(outcomes: CheckOutcome[]): Finding[] {
  const outcome = outcomes.find(({ id }) => id === "data-drift");
  return outcome?.level === "block" && outcome.result.answer === "fail" ? outcome.result.findings : [];
}

function toModelView(model: ReviewedModel, levels: MetricLevels, blocking: Finding[]): ModelView {
  const { id, state, review } = model;
  const unchanged = isUnchanged(model);
  const wanted = metricRows(model, levels).filter((row) => row.changed || (row.gated && !unchanged));
  const { rows, more: moreRows } = chooseRows(wanted);
  const { drifted: unsorted, joint } = driftNews(review);
  const drifted = unsorted.toSorted((a, b) => Number(a.role === "prediction") - Number(b.role === "prediction"));
  const { problems, more } = toProblemViews(state.kind === "broken" ? state.problems : []);
  return {
    id,
    quiet: unchanged && rows.length === 0 && drifted.length === 0 && review?.comparison?.reasons.length === 0,
    notes: notesOf(
      model,
      rows.filter((row) => row.changed),
    ),
    rows,
    level: percentOf(model),
    moreRows,
    causes: causesOf(review?.comparison ?? null),
    worst: worstSlice(review?.comparison ?? null),
    drifted: drifted.slice(0, shownRows).map((one) => ({
      ...one,
      mark: blocking.some((finding) => finding.model === id && finding.column === one.column) ? "✗" : "!",
    })),
    moreDrifted: Math.max(0, drifted.length - shownRows),
    jointDrift: joint === null ? null : asSentence(joint),
    problems,
    moreProblems: more,
  };
}

/** @param rows those that are shown because there is something to see in them */
export function notesOf(model: ReviewedModel, rows: MetricRow[]): string[] {
  const { id, review, state } = model;
  switch (state.kind) {
    case "new": {
      const { rows: counts } = state.head;
      return [
        `${id} is new: there is no base to compare with. It was measured on ${formatCount(counts.holdout)} hold-out rows.`,
      ];
    }
    case "removed":
      return [`${id} is removed by this change: its experiment file is gone.`];
    case "broken":
      return [`${id} could not be ${isUnmerged(state) ? "judged as merged" : `run at the ${state.side}`}:`];
    case "compared":
      return [
        ...(review?.comparison?.reasons ?? []),
        ...ownView(model),
        ...changeNotes(review, silence(model, rows)),
        ...anchorNotes(model),
        ...blindSentence(rows),
        ...(rows.length === 0 ? [] : [whyUnattributed(review?.comparison ?? null)].filter((note) => note !== null)),
      ];
    default:
      return [`${id} could not be judged: ${troubleOf(state)}.`];
  }
}

const shownInOwnView = 2;

/** What the gated metrics say where the head has another view of itself than the base. */
function ownView({ review, policy }: ReviewedModel): string[] {
  const view = review?.headView ?? null;
  if (view?.status !== "compared")
    return view === null ? [] : view.reasons.map((reason) => `By the head's own yardstick: ${reason}`);
  const gated = view.metrics.filter(
    ({ metric, base, head }) => Object.hasOwn(policy.metrics, metric) && base !== null && head !== null,
  );
  const told = gated
    .slice(0, shownInOwnView)
    .map(({ title, base, head }) => `${title} ${formatMetric(base!)} → ${formatMetric(head!)}`);
  if (told.length === 0) return [];
  return [`By the head's own yardstick, on ${formatCount(view.holdout.common)} rows: ${told.join(", ")}.`];
}

function changeNotes(review: ReviewedModel["review"], silence: string): string[] {
  const changed = review?.changed ?? null;
  if (changed === null) return [];
  const { data, experiment } = changed;
  if (!data && !experiment) return ["Neither its data nor its experiment changed."];
  if (data && isOnlyWritten(review?.schema ?? null)) {
    const written = "how its data is written, not what it holds";
    return [`Changed: ${experiment ? `its experiment, and ${written}` : written}.${silence}`];
  }
  const what = data && experiment ? "its data and its experiment" : data ? "its data" : "its experiment";
  return [`Changed: ${what}.${silence}`];
}

/** Whether the same content is in another order or in another form. */
function isOnlyWritten(schema: SchemaDiff | null): boolean {
  return schema !== null && holdsTheSame(schema) && (schema.resorted === true || schema.format !== undefined);
}

/** That nothing is to be seen is news, and said of all rows when some of them did lose. */
function silence({ review }: ReviewedModel, rows: MetricRow[]): string {
  const comparison = review?.comparison ?? null;
  if (comparison?.status !== "compared" || !rows.every(isSilent)) return "";
  return worstSlice(comparison) === null
    ? " No metric changed detectably."
    : " Over all rows no metric changed detectably.";
}

/** Nothing to see but that the hold-out could not show it. */
function isSilent({ mark, blindTo }: MetricRow): boolean {
  return mark === "–" && blindTo !== null;
}

const shownBlind = 3;

/** A pass on too few rows must not read as any pass: what could have been lost unseen. */
function blindSentence(rows: MetricRow[]): string[] {
  const losses = rows.flatMap(({ title, blindTo }) =>
    blindTo === null ? [] : [`${formatSetting(blindTo.tolerance)} in ${title}${wouldHaveShown(blindTo)}`],
  );
  if (losses.length === 0) return [];
  const more = losses.length - shownBlind;
  const others = more > 0 ? `, and ${more} more ${more === 1 ? "metric" : "metrics"}` : "";
  return [`This hold-out could not have told a loss of ${losses.slice(0, shownBlind).join(", of ")}${others}.`];
}

function wouldHaveShown({ smallestDetectable }: NonNullable<MetricRow["blindTo"]>): string {
  return smallestDetectable === null ? "" : ` (${formatMetric(smallestDetectable)} would have shown)`;
}
