import { diffSchema } from "../match/diff-schema.ts";
import type { Match } from "../match/match.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import { diffFormat } from "../read/diff-format.ts";
import type { WrittenAs } from "../read/format.ts";
import type { ReadTable } from "../read/read-table.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";

/** How the columns, rows and files of the head's data differ from the base's; null when a side could not be read. */
export function diffSides({ base, head }: ReadSides, match: Match | null): SchemaDiff | null {
  if (!base?.read.ok || !head?.read.ok || match === null) return null;
  const { target } = head.revision.experiment;
  const sameTarget = base.revision.experiment.target === target;
  const [before, after] = [base.read.value, head.read.value];
  const format = diffFormat(writtenAs(before, base), writtenAs(after, head));
  return {
    ...diffSchema(before.table, after.table, match, sameTarget ? target : null),
    ...(format.length === 0 ? {} : { format }),
  };
}

function writtenAs({ profile }: ReadTable, { revision }: ReadSide): WrittenAs {
  return { found: profile.format, declared: revision.experiment.format };
}
