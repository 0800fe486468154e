import { diffFormat, type WrittenAs } from "../data/diff-format.ts";
import { diffSchema } from "../data/diff-schema.ts";
import type { ReadTable } from "../data/read-table.ts";
import type { SchemaDiff } from "../data/schema-diff.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { findRewritten } from "./rewritten-columns.ts";

/** How the columns and rows of the head's data differ from the base's; null when a side could not be read. */
export function diffSides({ base, head }: ReadSides): SchemaDiff | null {
  if (!base?.read.ok || !head?.read.ok) return null;
  const { target, key } = head.revision.experiment;
  const sameTarget = base.revision.experiment.target === target;
  const [before, after] = [base.read.value.table, head.read.value.table];
  const diff = diffSchema(before, after, sameTarget ? target : null, key);
  const rewritten = findRewritten(before, after, diff);
  const format = diffFormat(writtenAs(base.read.value, base), writtenAs(head.read.value, head));
  return {
    ...diff,
    ...(rewritten.length === 0 ? {} : { rewritten }),
    ...(format.length === 0 ? {} : { format }),
  };
}

function writtenAs({ profile }: ReadTable, { revision }: ReadSide): WrittenAs {
  return { found: profile.format, declared: revision.experiment.format };
}
