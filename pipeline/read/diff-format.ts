import type { SchemaDiff } from "../match/schema-diff.ts";
import type { WrittenAs } from "./format.ts";
import { formatOf } from "./formats.ts";

/** What differs in how two data files are written, whatever they hold. What only one of them has is not compared. */
export function diffFormat(base: WrittenAs, head: WrittenAs): NonNullable<SchemaDiff["format"]> {
  const after = describe(head);
  return Object.entries(describe(base)).flatMap(([what, from]) => {
    const to = after[what];
    return to === undefined || from === to ? [] : [{ what, from, to }];
  });
}

function describe(written: WrittenAs): Readonly<Record<string, string>> {
  const format = formatOf(written.found);
  return {
    "file format": format.title,
    compression: written.found.gzip ? "gzip" : "none",
    ...format.describe(written),
    "decimal separator": written.declared.decimal === "," ? "comma" : "point",
  };
}
