import type { CategoricalColumn, Column } from "../../table/table.ts";
import { textsAmongNumbers } from "../../table/texts-among-numbers.ts";
import type { SharedColumn } from "../both-tables.ts";

/** A column that is read as another type, and the texts that alone keep the other side's cells from being numbers. */
export interface Retyped {
  column: string;
  from: Column["type"];
  to: Column["type"];
  /** The most frequent first, at most three. */
  texts?: { cells: number; values: string[] };
}

/** How the type of a column changed; null when it did not, or when a side has no value, and so no type of its own. */
export function findRetyped({ name, base, head }: SharedColumn): Retyped | null {
  if (base.type === head.type || isEmpty(base) || isEmpty(head)) return null;
  const texts = textsAmongNumbers(base.type === "categorical" ? base : (head as CategoricalColumn));
  return { column: name, from: base.type, to: head.type, ...(texts === null || texts.cells === 0 ? {} : { texts }) };
}

function isEmpty(column: Column): boolean {
  return column.type === "numeric" ? column.values.every(Number.isNaN) : column.categories.length === 0;
}
