import { limits } from "../match/limits.ts";
import type { Match } from "../match/match.ts";
import { rowSet } from "../match/row-set.ts";
import type { Column } from "../table/table.ts";
import { percent } from "../words.ts";
import { addedFeatures } from "./added-features.ts";
import { categoryChanges } from "./category-changes.ts";
import { classBalance } from "./class-balance.ts";
import { conflictingLabels } from "./conflicting-labels.ts";
import { constantColumns } from "./constant-columns.ts";
import { dateOverlap } from "./date-overlap.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { holdoutInTraining, unseenRows } from "./holdout-in-training.ts";
import { idLikeColumns } from "./id-like-columns.ts";
import {
  type IntegrityEntry,
  type IntegrityKind,
  type IntegrityReport,
  integrityKinds,
  mostEntries,
} from "./integrity-report.ts";
import { keysReplaced } from "./keys-replaced.ts";
import { labelsLost } from "./labels-lost.ts";
import { linearCombinations } from "./linear-combinations.ts";
import { missingMarkers } from "./missing-markers.ts";
import { missingRates } from "./missing-rate.ts";
import { mixedTypes } from "./mixed-types.ts";
import { pairPredictors } from "./pair-predictors.ts";
import { repeatedRows } from "./repeated-rows.ts";
import { identifyRows } from "./row-identity.ts";
import { rowsLost } from "./rows-lost.ts";
import { scaleChanges } from "./scale-changes.ts";
import { signPredictors } from "./sign-predictors.ts";
import { singlePredictors } from "./single-predictors.ts";
import { targetCopies } from "./target-copies.ts";

/**
 * What is wrong with the head's data, and what of it the base had already.
 *
 * @param base null when there is none, or none that ran
 * @param match which row and column of the base is which of the head; null without a base
 * @param gain what a model says that was trained without what the head added
 */
export function examineIntegrity(
  head: ExaminedSide,
  base: ExaminedSide | null,
  match: Match | null,
  gain: readonly Measured[] = [],
): IntegrityReport {
  const renamed = match === null ? [] : [...match.columns.renamed, ...match.columns.moved];
  const names = new Map(renamed.map(({ from, to }) => [to, from]));
  const baseName = (name: string) => names.get(name) ?? name;
  const baseColumns = new Map(base?.table.columns.map((column) => [column.name, column]));
  const baseColumn = (name: string) => baseColumns.get(baseName(name)) ?? null;
  const added = base === head ? [] : addedFeatures(head, base, match);
  const found = examineOne(head, baseColumn, added, base !== null);
  const before = base === null ? null : base === head ? found : examineOne(base, () => null, [], false);
  const changes =
    base === null || base === head || match === null ? [] : compareTwo(head, base, match, baseName, baseColumn);
  const known = new Map(before?.map((entry) => [identity(entry, entry.column), entry]));
  const entries = [...found, ...gain, ...changes].map((entry): Placed => {
    const was = known.get(identity(entry, entry.column === null ? null : baseName(entry.column))) ?? null;
    const isNew = before === null ? null : was === null;
    const description = describeBoth(entry, was);
    return { ...entry, description, severity: integrityKinds[entry.kind], baseValue: was?.value ?? null, isNew };
  });
  return { compared: before !== null, ...cap(entries) };
}

/** The description of the head's entry, with the base's share beside its own: `53 %, was 8.8 %`. */
function describeBoth({ description, evidence: { share: now } }: Measured, was: Measured | null): string {
  const before = was?.evidence.share;
  if (typeof now !== "number" || typeof before !== "number" || percent(now) === percent(before)) return description;
  return description.replace(percent(now), (share) => `${share}, was ${percent(before)}`);
}

/**
 * @param added features that came, of which more is asked than of those that were there
 * @param compared whether they came to others: what two features of a new model tell together may be the problem itself
 */
function examineOne(
  side: ExaminedSide,
  baseColumn: (name: string) => Column | null,
  added: readonly Column[],
  compared: boolean,
): Measured[] {
  const rows = identifyRows(side);
  const overlap = holdoutInTraining(side, rows);
  // Rows of few values are equal by chance: then all of them count.
  const seen = { ...side, holdout: overlap.length > 0 ? unseenRows(side, rows) : side.holdout };
  const copies = targetCopies(side);
  const copied = new Set(copies.map(({ column }) => column));
  const others = added.filter(({ name }) => !copied.has(name));
  const signs = signPredictors(seen, others);
  for (const { column } of signs) copied.add(column);
  return [
    ...overlap,
    ...dateOverlap(side),
    ...copies,
    ...signs,
    ...singlePredictors(seen).filter(({ column }) => !copied.has(column)),
    ...(compared ? pairPredictors(seen, others) : []),
    ...linearCombinations(seen, others),
    ...idLikeColumns(side),
    ...constantColumns(side),
    ...repeatedRows(side, rows),
    ...conflictingLabels(side),
    ...mixedTypes(side),
    ...missingMarkers(side, baseColumn),
  ];
}

function compareTwo(
  head: ExaminedSide,
  base: ExaminedSide,
  match: Match,
  baseName: (name: string) => string,
  baseColumn: (name: string) => Column | null,
): Measured[] {
  const sameTarget = baseName(head.target) === base.target;
  return [
    ...rowsLost(head, base, match),
    ...keysReplaced(match),
    ...(sameTarget ? labelsLost(head, base, match) : []),
    ...missingRates(head, base, baseName),
    ...(sameTarget ? classBalance(head, base) : []),
    ...categoryChanges(head, baseColumn),
    ...scaleChanges(head, base, baseName),
  ];
}

/** What makes an entry of the base and one of the head the same. */
function identity({ kind, evidence }: Measured, column: string | null): string {
  return JSON.stringify([kind, column, evidence.marker ?? null]);
}

type Placed = Measured & Pick<IntegrityEntry, "severity" | "baseValue" | "isNew">;

/** New ones first, then the worst; the order of kinds is that of `integrityKinds`. */
function cap(entries: readonly Placed[]): Pick<IntegrityReport, "entries" | "omitted"> {
  const omitted: IntegrityReport["omitted"] = {};
  const kept = (Object.keys(integrityKinds) as IntegrityKind[]).flatMap((kind) => {
    const all = entries.filter((entry) => entry.kind === kind);
    if (all.length > mostEntries) omitted[kind] = all.length - mostEntries;
    return all.sort((a, b) => Number(b.isNew) - Number(a.isNew) || b.value - a.value).slice(0, mostEntries);
  });
  return { entries: nameRows(kept), omitted };
}

/** Names the rows of entries, as long as all of them together are not too many. */
function nameRows(entries: readonly Placed[]): IntegrityEntry[] {
  let left: number = limits.mostNamedRows;
  return entries.map(({ rows, ...entry }) => {
    if (rows === undefined) return entry;
    const { table, features, target, key } = rows.of;
    const columns = [...features.map(({ name }) => name), target, ...(key === null ? [] : [key])];
    const named = rowSet(table, columns, rows.numbers, left);
    if (named.names !== null) left -= named.count;
    return { ...entry, rows: named };
  });
}
