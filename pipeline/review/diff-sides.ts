import { diffSchema } from "../data/diff-schema.ts";
import type { SchemaDiff } from "../data/schema-diff.ts";
import type { ReadSides } from "./read-sides.ts";

/** How the columns and rows of the head's data differ from the base's; null when a side could not be read. */
export function diffSides({ base, head }: ReadSides): SchemaDiff | null {
  if (!base?.read.ok || !head?.read.ok) return null;
  const { target } = head.revision.experiment;
  const sameTarget = base.revision.experiment.target === target;
  return diffSchema(base.read.value.table, head.read.value.table, sameTarget ? target : null);
}
