import { describeText } from "../describe-text.ts";
import type { Format } from "../format.ts";
import { loadText } from "../load-text.ts";
import { prepareCsv } from "./prepare-csv.ts";

/** Cells separated by comma, semicolon, tab or pipe, quoted as RFC 4180 says. */
export const csv: Format = {
  name: "csv",
  title: "CSV",
  options: ["delimiter", "decimal", "encoding", "header", "names"],
  // Any text may be one: that of a single column has no mark at all.
  recognizes: () => true,
  load: (bytes, request) => loadText(prepareCsv(bytes, request), request),
  describe: ({ found, declared }) => ({
    delimiter: delimiters[found.delimiter] ?? found.delimiter,
    ...describeText(found),
    "header line": declared.header ? "present" : "none",
  }),
};

const delimiters: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" };
