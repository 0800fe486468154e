import type { CsvFormat } from "../experiment/experiment.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { DataProfile } from "../table/profile.ts";

/** How a side's file is written: as it was found, and as its experiment declares it. */
export interface WrittenAs {
  found: DataProfile["format"];
  declared: Pick<CsvFormat, "decimal" | "header">;
}

/** What differs in how two data files are written, whatever they hold. What only one of them has is not compared. */
export function diffFormat(base: WrittenAs, head: WrittenAs): NonNullable<SchemaDiff["format"]> {
  const differences = [
    { what: "file format", ...both(({ found }) => kinds[found.kind ?? "csv"]) },
    { what: "compression", ...both(({ found }) => (found.gzip ? "gzip" : "none")) },
    { what: "delimiter", ...both(({ found }) => delimiters[found.delimiter] ?? null) },
    { what: "encoding", ...both(({ found }) => (isText(found) ? found.encoding : null)) },
    { what: "line end", ...both(({ found }) => (isText(found) ? lineEnds[found.lineEnding] : null)) },
    { what: "byte order mark", ...both(({ found }) => (isText(found) ? (found.bom ? "present" : "none") : null)) },
    {
      what: "header line",
      ...both(({ found, declared }) => (isCsv(found) ? (declared.header ? "present" : "none") : null)),
    },
    { what: "decimal separator", ...both(({ declared }) => (declared.decimal === "," ? "comma" : "point")) },
  ];
  return differences.flatMap(({ what, from, to }) =>
    from === null || to === null || from === to ? [] : [{ what, from, to }],
  );

  function both(of: (side: WrittenAs) => string | null) {
    return { from: of(base), to: of(head) };
  }
}

const kinds = { csv: "CSV", "json-lines": "JSON Lines", parquet: "Parquet" };
const lineEnds = { lf: "LF", crlf: "CRLF", cr: "CR", mixed: "mixed" };
const delimiters: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" };

const isText = ({ kind }: DataProfile["format"]) => kind !== "parquet";
const isCsv = ({ kind }: DataProfile["format"]) => kind === undefined;
