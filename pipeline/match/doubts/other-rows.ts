import { limits } from "../limits.ts";
import type { DoubtFinder } from "./doubt-finder.ts";

/** The head's data holds other rows. Null where a key names groups of rows: then those whose content changed are told elsewhere. */
export const otherRows: DoubtFinder = ({ tables, rows, changes }) => {
  const { base, head, key } = tables;
  const { unchanged, keyed, columns } = changes;
  const smaller = Math.min(base.rowCount, head.rowCount);
  const found = (keyed ?? unchanged).base.length;
  if (columns.moved.length > 0 || smaller < limits.fewestTelling) return null;
  // rows that have a name on both sides are there, whatever was written anew in them
  if (Math.max(found, rows.base.length) > limits.hardlyAny * smaller) return null;
  return key !== null && keyed === null ? null : { kind: "other-rows", key, base: base.rowCount, found };
};
