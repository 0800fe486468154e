import { mustTell } from "../compare/changed-rows.ts";
import { type BaseHoldout, type CompareOptions, compareRuns, type RowMatch } from "../compare/compare-runs.ts";
import type { Comparison } from "../compare/comparison.ts";
import { limits } from "../match/limits.ts";
import type { Match } from "../match/match.ts";
import { rowSet } from "../match/row-set.ts";
import type { Run } from "../run.ts";
import type { Column, Table } from "../table/table.ts";
import { formatCount } from "../words.ts";
import type { BaseTerms } from "./base-terms.ts";
import { columnsOfBase } from "./columns-of-base.ts";
import { explainMatch } from "./explain-match.ts";
import { matchSides } from "./match-sides.ts";
import { measureSeedNoise } from "./measure-seed-noise.ts";
import type { ReviewJob } from "./model-review.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { HeadView } from "./run-by-head.ts";
import type { SideRuns } from "./run-sides.ts";

/**
 * Compares what both sides' experiments say about the base's hold-out, over all its rows and by slice, those that were asked for
 * and those in which the head got worse; null when a side has no run. Where the head has no answer that counts, the own runs
 * tell why.
 *
 * @param search whether slices are looked for that nobody asked for
 */
export function compareSides(
  job: Pick<ReviewJob, "metrics" | "sliceColumns" | "slices" | "level" | "experimentPath">,
  sides: ReadSides,
  match: Match | null,
  runs: SideRuns,
  search = true,
): Comparison | null {
  const { base, head, byBase, yardstick } = runs;
  if (!base?.run || !head?.run || match === null) return null;
  const noise = measureSeedNoise(sides, runs, job.experimentPath);
  const options = {
    ...optionsOf(job, head.run),
    // one run on both sides has no slice that got worse
    ...(base === head || !search ? {} : { discover: head.run.features.map(({ name }) => name) }),
    ...(noise === undefined ? {} : { seedNoise: noise }),
  };
  const told = (comparison: Comparison) => explainMatch(comparison, match, sides);
  if (byBase?.head.run) {
    const { terms } = byBase;
    const column = columnsOfBase(terms);
    const compared = compareRuns(base.run, byBase.head.run, rowsOfBase(terms), {
      ...options,
      headColumn: column,
      ...(yardstick === null ? {} : { yardstick }),
      byBase: whatBecame(terms, base.run, head.run),
    });
    return told(withCopies(namedRows(compared, terms, base.run), terms));
  }
  const reasons = yardstick?.state === "incomparable" ? yardstick.reasons : [];
  const why = byBase?.head.run === null ? byBase.head.problems.map(({ message }) => cannotRun("head", message)) : [];
  return told(
    compareRuns(base.run, head.run, match, {
      ...options,
      headColumn: columnOf(sides.head),
      yardstick: { state: "incomparable", reasons: [...reasons, ...why] },
    }),
  );
}

/** The head's view beside the base's: the rows that both hold out by the head's yardstick, by the head's labels. */
export function compareByHead(
  job: ReviewJob,
  sides: ReadSides,
  match: Match | null,
  view: HeadView | null,
): Comparison | null {
  if (view === null || match === null) return null;
  if (view.base === null) {
    const reasons = view.problems.map(({ message }) => cannotRun("base", message));
    const holdout = { base: 0, head: 0, common: 0 };
    return { status: "incomparable", reasons, holdout, level: job.level, metrics: [], slices: [] };
  }
  const { base, head, later } = view;
  // both are judged on rows of the head's data
  const rows = (later !== null && matchSides({ base: sides.head, head: sides.head })) || match;
  const compared = compareRuns(base, head, rows, {
    ...optionsOf(job, head),
    headColumn: columnOf(sides.head),
    baseColumn: columnOf(later === null ? sides.base : sides.head),
  });
  if (later === null) return compared;
  const since = `The rows are split by time: both models learned from rows before ${JSON.stringify(later.from)} and are judged on the head's ${formatCount(later.rows.length)} rows from then on.`;
  return { ...compared, reasons: [since, ...compared.reasons] };
}

function optionsOf(job: Parameters<typeof compareSides>[0], head: Run): Omit<CompareOptions, "headColumn"> {
  const { metrics, sliceColumns, slices, level } = job;
  return { metrics, sliceColumns, slices, level, seed: head.lineage.seed, resamples: 2000 };
}

function cannotRun(side: "base" | "head", message: string): string {
  return `The ${side} cannot be run that way: ${message}`;
}

/** Each row of the base's data as itself. */
function rowsOfBase({ tables, match, relabelled }: BaseTerms): RowMatch {
  const every = Int32Array.from({ length: tables.base.rowCount }, (_, row) => row);
  const again = Int32Array.from(relabelled);
  const repeats = new Uint8Array(tables.base.rowCount);
  for (const [at, row] of match.rows.base.entries()) repeats[row] = match.repeats[match.rows.head[at]!]!;
  return {
    rows: { base: every, head: every },
    repeatedKey: false,
    relabelled: { base: again, head: again },
    repeats,
  };
}

function whatBecame({ partners, relabelled, match }: BaseTerms, base: Run, head: Run): BaseHoldout {
  const gone = new Set(base.holdout.rows.filter((_, position) => partners[position]! < 0));
  const nameOf = (key: string) => key.slice(0, key.lastIndexOf("#"));
  const names = new Set(head.holdout.keys.map(nameOf));
  const unpaired = match.repeatedKey
    ? base.holdout.keys.filter((key, position) => partners[position]! < 0 && names.has(nameOf(key))).length
    : 0;
  return { gone, relabelled, unpaired, head: head.holdout.rows.length };
}

/** Names the rows that are gone or have another label, so that who accepts them accepts no others. */
function namedRows(
  comparison: Comparison,
  { tables, partners, relabelled }: BaseTerms,
  { holdout: { rows } }: Run,
): Comparison {
  const { changed } = comparison.holdout;
  if (changed === undefined) return comparison;
  const { gone, relabelled: other } = changed;
  const named = (table: Table, found: number[]) =>
    rowSet(
      table,
      table.columns.map(({ name }) => name),
      Int32Array.from(found),
      limits.mostNamedRows,
    );
  const lost = rows.filter((_, position) => partners[position]! < 0);
  const again = rows.flatMap((row, position) =>
    relabelled.has(row) && partners[position]! >= 0 ? [partners[position]!] : [],
  );
  return {
    ...comparison,
    holdout: {
      ...comparison.holdout,
      changed: {
        ...changed,
        ...(gone === undefined ? {} : { gone: { ...gone, rows: named(tables.base, lost) } }),
        ...(other === undefined ? {} : { relabelled: { ...other, rows: named(tables.head, again) } }),
      },
    },
  };
}

/** Copies by chance are not worth a word. */
function withCopies(comparison: Comparison, { copies }: BaseTerms): Comparison {
  if (comparison.status !== "compared" || !mustTell(copies.rows, copies.of)) return comparison;
  const which = `${formatCount(copies.rows)} new or changed rows hold the features of held-out ones, or nearly so`;
  return { ...comparison, reasons: [...comparison.reasons, `${which}: nothing is learned from them.`] };
}

function columnOf(side: ReadSide | null): (name: string) => Column | null {
  const columns = side?.read.ok ? side.read.value.table.columns : [];
  const byName = new Map(columns.map((column) => [column.name, column]));
  return (name) => byName.get(name) ?? null;
}
