import { diffSchema } from "../match/diff-schema.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import { diffFormat } from "../read/diff-format.ts";
import type { WrittenAs } from "../read/format.ts";
import type { ReadTable } from "../read/read-table.ts";
import type { Column, Table } from "../table/table.ts";
import { withColumns } from "../table/with-columns.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { findReassignedKeys, type ReassignedKeys } from "./reassigned-keys.ts";
import { findRewritten } from "./rewritten-columns.ts";

/**
 * How the columns and rows of the head's data differ from the base's; null when a side could not be read. A key whose values were
 * given to other rows names none: rows are compared by their content, and the key is a column that was written anew.
 */
export function diffSides(
  { base, head }: ReadSides,
  reassigned: ReassignedKeys | null = findReassignedKeys({ base, head }),
): SchemaDiff | null {
  if (!base?.read.ok || !head?.read.ok) return null;
  const { target, key } = head.revision.experiment;
  const sameTarget = base.revision.experiment.target === target;
  const [before, after] = [base.read.value.table, head.read.value.table];
  const sameType = (name: string) => columnOf(before, name)?.type === columnOf(after, name)?.type;
  const anew = reassigned !== null && sameType(reassigned.key) ? reassigned.key : null;
  const [old, now] = anew === null ? [before, after] : [without(before, anew), without(after, anew)];
  const diff = diffSchema(old, now, sameTarget ? target : null, anew === null ? key : null);
  const rewritten = anew === null ? findRewritten(before, after, diff) : [{ column: anew }];
  const format = diffFormat(writtenAs(base.read.value, base), writtenAs(head.read.value, head));
  return {
    ...diff,
    ...(rewritten.length === 0 ? {} : { rewritten }),
    ...(format.length === 0 ? {} : { format }),
  };
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

function without(table: Table, name: string): Table {
  return withColumns(
    table,
    table.columns.filter((column) => column.name !== name),
  );
}

function writtenAs({ profile }: ReadTable, { revision }: ReadSide): WrittenAs {
  return { found: profile.format, declared: revision.experiment.format };
}
