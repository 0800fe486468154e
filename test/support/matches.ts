import { type AttributeOptions, attributeChange, type CrossRuns } from "../../pipeline/compare/attribute-change.ts";
import { type CompareOptions, compareRuns, type RowMatch } from "../../pipeline/compare/compare-runs.ts";
import type { Attribution, Comparison } from "../../pipeline/compare/comparison.ts";
import { examineIntegrity } from "../../pipeline/integrity/examine-integrity.ts";
import type { ExaminedSide } from "../../pipeline/integrity/examined-side.ts";
import type { IntegrityReport } from "../../pipeline/integrity/integrity-report.ts";
import type { TableSide } from "../../pipeline/match/both-tables.ts";
import { diffSchema } from "../../pipeline/match/diff-schema.ts";
import type { Match } from "../../pipeline/match/match.ts";
import { matchTables } from "../../pipeline/match/match-tables.ts";
import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import type { Run } from "../../pipeline/run.ts";
import type { Table } from "../../pipeline/table/table.ts";
import { anExperiment } from "./runs.ts";

/** Which rows two runs have in common, by the keys that a test gave them. */
export function matchOfRuns(base: Run, head: Run): RowMatch {
  const placeOf = new Map(base.holdout.keys.map((key, at) => [key, at]));
  const found = head.holdout.keys.flatMap((key, at) => (placeOf.has(key) ? [[placeOf.get(key)!, at] as const] : []));
  const pairs = (some: typeof found) => ({
    base: Int32Array.from(some, ([at]) => base.holdout.rows[at]!),
    head: Int32Array.from(some, ([, at]) => head.holdout.rows[at]!),
  });
  const label = (run: Run, at: number) => run.classes[run.holdout.actual[at]!] ?? run.holdout.actual[at];
  const repeats = new Uint8Array(Math.max(0, ...head.holdout.rows) + 1);
  for (const [at, key] of head.holdout.keys.entries()) repeats[head.holdout.rows[at]!] = key.endsWith("#0") ? 0 : 1;
  return {
    rows: pairs(found),
    repeatedKey: false,
    relabelled: pairs(found.filter(([before, after]) => label(base, before) !== label(head, after))),
    repeats,
  };
}

/** Compares two runs whose rows are the same where their keys are. */
export function compareByKey(base: Run, head: Run, options: CompareOptions): Comparison {
  return compareRuns(base, head, matchOfRuns(base, head), options);
}

/** Attributes a change among runs whose rows are the same where their keys are. */
export function attributeByKey(runs: CrossRuns, options: AttributeOptions): Attribution {
  return attributeChange(runs, matchOfRuns(runs.neither, runs.both), options);
}

/** The match of two tables, with what of an experiment a test cares about. */
export function matchOf(base: Table, head: Table, experiment: Partial<TableSide["experiment"]> = {}): Match {
  const named = anExperiment({ target: "y", ...experiment });
  return matchTables({ table: base, experiment: named }, { table: head, experiment: named });
}

/** The match of two sides that are examined. */
export function matchOfSides(base: ExaminedSide, head: ExaminedSide): Match {
  const side = ({ table, target, key, features }: ExaminedSide) => {
    const used = [target, key, ...features.map(({ name }) => name)];
    const exclude = table.columns.map(({ name }) => name).filter((name) => !used.includes(name));
    return { table, experiment: anExperiment({ target, key, exclude }) };
  };
  return matchTables(side(base), side(head));
}

/** How two tables differ whose target and key are these columns; null: they have none. */
export function diffTables(base: Table, head: Table, target: string | null, key: string | null = null): SchemaDiff {
  return diffSchema(base, head, matchOf(base, head, { target: target ?? "no column", key }), target);
}

/** What is wrong with a side that is examined, and what of it another one had. */
export function examine(head: ExaminedSide, base: ExaminedSide | null): IntegrityReport {
  return examineIntegrity(head, base, base === null ? null : matchOfSides(base, head));
}
