import type { ColumnDrift } from "../../pipeline/drift/drift-report.ts";
import { problemName } from "../../pipeline/problem.ts";
import type { Side } from "../../pipeline/review/model-review.ts";
import type { ColumnProfile } from "../../pipeline/table/profile.ts";
import type { Facts } from "../facts/facts.ts";
import { headRun, isUnchanged, type ReviewedModel, reviewedModels } from "../facts/model-state.ts";
import { driftNews, movedColumns } from "../facts/moved-columns.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { nameSlice } from "../words/name-slice.ts";
import { asSentence } from "./as-sentence.ts";
import { levelsOf, metricRows, percentOf } from "./model-view.ts";
import { reproduceCommands } from "./reproduce.ts";
import { holdsTheSame } from "./same-content.ts";
import type { Section } from "./section.ts";
import { renderTemplate } from "./templates.ts";
import { sliceVerdictWords } from "./verdict-words.ts";

/** Everything that is worth keeping but not worth reading first, the most useful first: a long report is cut behind. */
export function foldedSections(verdict: Verdict, facts: Facts, checklist: string): Section[] {
  const models = reviewedModels(facts).filter(({ state }) => headRun(state) !== null);
  const levels = levelsOf(verdict.outcomes);
  const several = models.length > 1;
  const perModel = (name: string, template: string, toData: (model: ReviewedModel) => object | null): Section[] =>
    models.flatMap((model) => {
      const data = toData(model);
      if (data === null) return [];
      return [{ name, markdown: renderTemplate(`folded/${template}`, { ...data, model: several ? model.id : null }) }];
    });

  return [
    ...(checklist === "" ? [] : [{ name: "checks", markdown: `#### Checks\n\n${checklist}` }]),
    ...perModel("all metrics", "metrics", (model) => toMetrics(model, levels)),
    ...perModel("slices", "slices", toSlices),
    ...perModel("confusion matrices", "confusion", toConfusions),
    ...perModel("drift", "drift", toDrift),
    ...perModel("data changes", "schema", toSchema),
    ...perModel("integrity", "integrity", toIntegrity),
    ...reproduceCommands(facts),
    ...perModel("lineage", "lineage", toLineage),
    ...perModel("data profile", "profile", toProfile),
  ];
}

function toMetrics(model: ReviewedModel, levels: Parameters<typeof metricRows>[1]): object {
  return { rows: metricRows(model, levels), level: percentOf(model) };
}

function toSlices(model: ReviewedModel): object | null {
  if (isUnchanged(model)) return null;
  const { review } = model;
  const { slices = [], discovery } = review?.comparison ?? {};
  const named = slices.flatMap(({ slice, rows, metrics }) =>
    metrics
      .filter(({ gated }) => gated || metrics.every((one) => !one.gated))
      .map((metric) => ({ conditions: [slice], rows, metric })),
  );
  // the numbers of a slice that was found are about the rows that the search did not see
  const found = (discovery?.slices ?? []).map((slice) => ({ ...slice, rows: slice.measuredOn }));
  if (named.length + found.length === 0) return null;
  const toRow = ({ conditions, rows, metric }: (typeof named)[number]) => ({
    ...metric,
    verdict: sliceVerdictWords(metric),
    slice: nameSlice(conditions),
    rows,
  });
  const searched = discovery === undefined || found.length === 0 ? null : discovery.searched;
  return { ...capped(named.map(toRow), "rows"), searched, found: found.map(toRow) };
}

/** What is longer is cut from a comment anyway, and laying it out would take seconds. */
const shownRows = 200;

function capped<Row>(rows: readonly Row[], name: string): object {
  return { [name]: rows.slice(0, shownRows), more: Math.max(0, rows.length - shownRows) };
}

function toSchema(model: ReviewedModel): object | null {
  if (isUnchanged(model)) return null;
  const { review } = model;
  const diff = review?.schema ?? null;
  if (diff === null) return null;
  const { added, removed, renamed, moved = [], retyped, target, rows, cells = [], rewritten = [], format = [] } = diff;
  const changes = [
    ...removed.map((name) => ({ kind: "removed", name })),
    ...renamed.map(({ from, to, similarity }) => ({ kind: "renamed", name: from, to, similarity })),
    ...moved.map(({ from, to, similarity }) => ({ kind: "moved", name: from, to, similarity })),
    ...retyped.map(({ column, from, to, texts }) => ({
      kind: "retyped",
      name: column,
      from,
      to,
      texts: texts ?? null,
    })),
    ...added.map((name) => ({ kind: "added", name })),
    ...(target?.removed ?? []).map((name) => ({ kind: "target-removed", name })),
    ...(target?.added ?? []).map((name) => ({ kind: "target-added", name })),
    ...cells.map(({ column, changed }) => ({ kind: "cells", name: column, changed })),
    ...rewritten.map(({ column, spelling }) => ({ kind: "rewritten", name: column, spelling: spelling ?? null })),
    ...format.map((difference) => ({ kind: "format", ...difference })),
  ];
  return {
    rows,
    keyed: rows.changed !== undefined,
    sameContent: holdsTheSame(diff),
    resorted: diff.resorted === true,
    ...capped(changes, "changes"),
  };
}

function toDrift(model: ReviewedModel): object | null {
  const { review } = model;
  const drift = review?.drift ?? null;
  if (drift === null) return null;
  const news = driftNews(review);
  // A pinned reference can have drifted from data that stayed the same.
  if (isUnchanged(model) && news.drifted.length === 0 && news.joint === null) return null;
  const moved = movedColumns(review);
  const columns = drift.columns
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((column) => ({ ...column, answer: moved.has(column) ? "moved" : column.answer.replaceAll("-", " ") }));
  const joint = drift.multivariate ?? null;
  return {
    rule: asSentence(drift.rule),
    joint: joint && { answer: joint.answer.replaceAll("-", " "), description: asSentence(joint.description) },
    ...capped(columns, "columns"),
  };
}

/** Every entry, also those under the thresholds of the policy and those that the base has. */
function toIntegrity({ review }: ReviewedModel): object | null {
  const { entries = [], omitted = {} } = review?.integrity ?? {};
  if (entries.length === 0) return null;
  const shown = entries.slice(0, shownRows).map(({ kind, column, description, isNew }) => ({
    kind: kind.replaceAll("-", " "),
    column,
    description,
    known: isNew === null ? "without a base" : isNew ? "new" : "in the base as well",
  }));
  const left = Object.values(omitted).reduce((sum, count) => sum + count, 0);
  return { entries: shown, more: left + entries.length - shown.length };
}

function rankOf({ answer }: ColumnDrift): number {
  return ["drifted", "not-comparable", "not-enough-data", "stable"].indexOf(answer);
}

function toConfusions({ review }: ReviewedModel): object | null {
  const sides = [toConfusion("Base", review?.base), toConfusion("Head", review?.head)].filter((side) => side !== null);
  return sides.length === 0 ? null : { sides };
}

/** A matrix of more classes is wider than any screen. */
const shownClasses = 12;

function toConfusion(name: string, side: Side | undefined): object | null {
  const run = side?.state === "ran" ? side.run : null;
  if (run?.confusion == null || run.classes.length > shownClasses) return null;
  return {
    name,
    heldOut: run.rows.holdout,
    classes: run.classes,
    rows: run.confusion.map((counts, index) => ({ actual: run.classes[index]!, counts })),
  };
}

function toLineage({ review, holdoutUses }: ReviewedModel): object {
  const digest = review?.comparison?.holdout.digest ?? null;
  return {
    holdoutUses,
    digest,
    sides: [toSide("base", review?.base), toSide("head", review?.head)].filter((side) => side !== null),
  };
}

/** Timings stay out: with them the same verdict would be another text each time, and be written again. */
function toSide(name: string, side: Side | undefined): object | null {
  if (side?.state !== "ran") return null;
  const { lineage, rows, features } = side.run;
  return {
    name,
    commit: side.commit,
    ...lineage,
    rows,
    features: features.length,
    notes: side.run.notes.map((note) => ({ ...note, name: problemName(note) })),
  };
}

const shownColumns = 100;

function toProfile({ state }: ReviewedModel): object {
  const { profile } = headRun(state)!;
  const { format, rows, columns } = profile;
  return {
    rows,
    columns: columns.slice(0, shownColumns).map((column) => toColumn(column, rows)),
    more: Math.max(0, columns.length - shownColumns),
    format: {
      ...format,
      delimiter: delimiterNames[format.delimiter] ?? format.delimiter,
      encoding: format.encoding.toUpperCase(),
      lineEnding: format.lineEnding === "mixed" ? "mixed" : format.lineEnding.toUpperCase(),
    },
  };
}

const delimiterNames: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" };

/** Frequent values of a column with many values may be names of people; those of one with few are its vocabulary. */
const vocabulary = 50;

function toColumn(column: ColumnProfile, rows: number): object {
  const share = rows === 0 ? 0 : column.missing / rows;
  const common = { name: column.name, missing: share, distinct: column.distinct };
  if (column.type === "numeric") return { ...common, summary: column.summary, top: null };
  return { ...common, summary: null, top: column.distinct > vocabulary ? [] : column.top.slice(0, 3) };
}
