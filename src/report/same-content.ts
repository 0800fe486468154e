import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";

/** Whether both sides hold the same rows under the same columns, be they in another order or written in another way. */
export function holdsTheSame(diff: SchemaDiff): boolean {
  const { added, removed, renamed, moved = [], retyped, target, rows, cells = [], rewritten = [] } = diff;
  const columns = [
    added,
    removed,
    renamed,
    moved,
    retyped,
    target?.added ?? [],
    target?.removed ?? [],
    cells,
    rewritten,
  ];
  return columns.every((changes) => changes.length === 0) && rows.added + rows.removed === 0;
}
