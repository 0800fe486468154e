import { createHash } from "node:crypto";
import type { Experiment } from "../experiment/experiment.ts";
import { predict } from "../predict.ts";
import type { Run } from "../run.ts";
import type { RunYardstick } from "../run-key.ts";
import type { Column, Table } from "../table/table.ts";
import { takeRows } from "../table/take-rows.ts";
import type { BaseTerms } from "./base-terms.ts";
import { type CachedRun, type ReadExperiment, type RunContext, runThroughCache } from "./run-through-cache.ts";

/**
 * Trains an experiment again on the head's data as the base divides it, unless its own run did, and has it answer all rows of
 * the base's hold-out: those that the head has by the head's features, the others by the base's. The rows of the run's hold-out
 * are those of the base's data, in the base's order; rows that it cannot answer are not among them.
 *
 * @param own the experiment's run by its own division of the head's data; null: none
 */
export function runByBase(
  recipe: ReadExperiment,
  terms: BaseTerms,
  base: Run,
  own: Run | null,
  context: RunContext,
): CachedRun {
  const trained = own !== null && own.lineage.seed === base.lineage.seed && dividesAlike(own, terms);
  const ran = trained ? { run: own, cached: true } : train(recipe, terms, { base, own }, context);
  if (ran.run === null) return ran;
  return { run: answerHoldout(ran.run, terms, base, recipe.experiment), cached: ran.cached };
}

/** Whether a run learned from the rows that the base's division leaves. */
function dividesAlike(own: Run, { heldOut, tables }: BaseTerms): boolean {
  const held = new Set(own.holdout.rows);
  for (const row of held) if (!heldOut.has(row)) return false;
  if (held.size === heldOut.size) return true;
  const target = tables.head.columns.find(({ name }) => name === own.target);
  return [...heldOut].every((row) => held.has(row) || target === undefined || isMissing(target, row));
}

function isMissing(column: Column, row: number): boolean {
  return column.type === "numeric" ? Number.isNaN(column.values[row]) : column.codes[row]! < 0;
}

function train(
  recipe: ReadExperiment,
  terms: BaseTerms,
  { base, own }: { base: Run; own: Run | null },
  context: RunContext,
): CachedRun {
  const { heldOut, names } = terms;
  // a class that is not there any more cannot be asked for: that is told of the classes
  const positive =
    own === null || base.positive === null || own.classes.includes(base.positive) ? base.positive : own.positive;
  const yardstick: RunYardstick = {
    positive,
    split: base.experiment.split,
    keyColumns: "own",
    division: createHash("sha256")
      .update(JSON.stringify([[...heldOut].sort((a, b) => a - b), names]))
      .digest("hex"),
  };
  return runThroughCache(recipe, yardstick, context, names === null ? { heldOut } : { heldOut, keys: names });
}

interface Answers {
  predicted: ArrayLike<number>;
  probabilities: ArrayLike<number>;
}

function answerHoldout(run: Run, terms: BaseTerms, base: Run, experiment: Experiment): Run {
  const { partners, tables, match } = terms;
  const known = new Map(run.holdout.rows.map((row, at) => [row, at]));
  const classes = run.classes.length;
  const place = Int32Array.from(partners, (row) => (row < 0 ? -1 : (known.get(row) ?? -1)));
  // a row whose label the head lost is answered like any other
  const unlabelled = positionsWhere(partners, (row, at) => row >= 0 && place[at]! < 0);
  const gone = positionsWhere(partners, (row) => row < 0);
  const asked = [
    {
      positions: unlabelled,
      answers: ask(
        run,
        tables.head,
        unlabelled.map((at) => partners[at]!),
      ),
    },
    {
      positions: gone,
      answers: ask(
        run,
        underNewNames(tables.base, match),
        gone.map((at) => base.holdout.rows[at]!),
      ),
    },
  ];
  const predicted: number[] = [];
  const probabilities: number[] = [];
  const kept: number[] = [];
  const from = new Map<number, { answers: Answers; at: number }>();
  for (const { positions, answers } of asked) {
    for (const [at, position] of positions.entries()) if (answers !== null) from.set(position, { answers, at });
  }
  for (let position = 0; position < partners.length; position++) {
    const own = place[position]!;
    const found = own >= 0 ? { answers: run.holdout, at: own } : from.get(position);
    if (found === undefined) continue;
    kept.push(position);
    predicted.push(found.answers.predicted[found.at]!);
    for (let which = 0; which < classes; which++) {
      probabilities.push(found.answers.probabilities[found.at * classes + which]!);
    }
  }
  const label = labelsAsOf(run, base);
  return {
    ...run,
    positive: run.task === "binary" ? base.positive : run.positive,
    experiment: {
      ...experiment,
      positive: base.experiment.positive,
      split: base.experiment.split,
      key: base.experiment.key,
    },
    holdout: {
      keys: kept.map((position) => base.holdout.keys[position]!),
      rows: kept.map((position) => base.holdout.rows[position]!),
      actual: kept.map((position) => {
        const own = place[position]!;
        return own >= 0 ? run.holdout.actual[own]! : label(base.holdout.actual[position]!);
      }),
      predicted,
      probabilities,
    },
  };
}

/** The base's labels as the run numbers its classes; a class that it does not know is −1. */
function labelsAsOf(run: Run, base: Run): (label: number) => number {
  if (run.task === "regression") return (label) => label;
  const places = base.classes.map((name) => run.classes.indexOf(name));
  return (label) => places[label]!;
}

function positionsWhere(partners: Int32Array, wanted: (row: number, at: number) => boolean): number[] {
  const found: number[] = [];
  for (const [at, row] of partners.entries()) if (wanted(row, at)) found.push(at);
  return found;
}

/** What the run's model says about these rows of a table; null when the table lacks what the model needs. */
function ask({ model }: Run, table: Table, rows: readonly number[]): Answers | null {
  if (rows.length === 0) return null;
  const taken = takeRows(table, Int32Array.from(rows));
  const answered = predict(model, taken, { model: "", data: "" });
  return answered.ok ? answered.value : null;
}

/** The base's columns as the head calls them. */
function underNewNames(base: Table, { columns: { renamed, moved } }: BaseTerms["match"]): Table {
  const later = new Map([...renamed, ...moved].map(({ from, to }) => [from, to]));
  return {
    rowCount: base.rowCount,
    columns: base.columns.map((column) => ({ ...column, name: later.get(column.name) ?? column.name })),
  };
}
