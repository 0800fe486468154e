import type { Comparison } from "../compare/comparison.ts";
import { minimumRows } from "../compare/measure-metric.ts";
import { formatCount } from "../format-count.ts";
import { compareKeys } from "../match/compare-keys.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { Column, Table } from "../table/table.ts";
import type { ReadSides } from "./read-sides.ts";

/** Up to this share of the smaller table, rows that are in both make no common data of them. */
const hardlyAny = 0.05;

/**
 * The comparison with what became of the rows as its first reason, where too few of them were found on both sides: the key
 * is spelled otherwise or names others, or the head's data holds other rows.
 */
export function explainRows(sides: ReadSides, schema: SchemaDiff | null, comparison: Comparison): Comparison {
  if (comparison.status === "compared" || comparison.holdout.common >= minimumRows) return comparison;
  const reason = keyReason(sides) ?? otherRows(sides, schema);
  return reason === null ? comparison : { ...comparison, reasons: [reason, ...comparison.reasons] };
}

function keyReason({ base, head }: ReadSides): string | null {
  if (!base?.read.ok || !head?.read.ok) return null;
  const { key } = head.revision.experiment;
  if (key === null || base.revision.experiment.key !== key) return null;
  const [before, after] = [columnOf(base.read.value.table, key), columnOf(head.read.value.table, key)];
  const found = before && after ? compareKeys(before, after) : null;
  if (found === null) return null;
  const { base: values, common, spelling } = found;
  const how = spelling === null ? "" : `: ${spelling}`;
  return `${common === 0 ? "None" : formatCount(common)} of the ${formatCount(values)} values of the key column "${key}" ${common > 1 ? "are" : "is"} in the head${how}.`;
}

/** Null where a key names groups of rows: then those whose content changed are told elsewhere. */
function otherRows({ head }: ReadSides, schema: SchemaDiff | null): string | null {
  if (schema === null || schema.moved !== undefined) return null;
  const { base: before, head: after, changed, common } = schema.rows;
  const found = (changed ?? 0) + common;
  if (Math.min(before, after) < minimumRows || found > hardlyAny * Math.min(before, after)) return null;
  const { key } = head!.revision.experiment;
  if (key !== null && changed === undefined) return null;
  const same = key === null ? "the same content" : `the same "${key}"`;
  return `Of the base's ${formatCount(before)} rows, ${found === 0 ? "none is" : found === 1 ? "1 is" : `${formatCount(found)} are`} in the head with ${same}.`;
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}
