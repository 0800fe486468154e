import { expect, it } from "vitest";
import { diffFormat } from "../../../pipeline/read/diff-format.ts";
import type { WrittenAs } from "../../../pipeline/read/format.ts";

const csv: WrittenAs = {
  found: { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false },
  declared: { decimal: ".", header: true },
};
const found = (different: Partial<WrittenAs["found"]>): WrittenAs => ({
  ...csv,
  found: { ...csv.found, ...different },
});
const declared = (different: Partial<WrittenAs["declared"]>): WrittenAs => ({
  ...csv,
  declared: { ...csv.declared, ...different },
});

it.each<[string, WrittenAs, string[]]>([
  ["nothing", csv, []],
  ["the delimiter", found({ delimiter: ";" }), ["delimiter: comma → semicolon"]],
  ["the encoding", found({ encoding: "windows-1252" }), ["encoding: utf-8 → windows-1252"]],
  ["line ends", found({ lineEnding: "crlf" }), ["line end: LF → CRLF"]],
  ["the byte order mark", found({ bom: true }), ["byte order mark: none → present"]],
  ["the compression", found({ gzip: true }), ["compression: none → gzip"]],
  ["the header line", declared({ header: false }), ["header line: present → none"]],
  ["the decimal separator", declared({ decimal: "," }), ["decimal separator: point → comma"]],
  ["text to JSON Lines", found({ kind: "json-lines", delimiter: "none" }), ["file format: CSV → JSON Lines"]],
  [
    "text to Parquet, which has no line ends",
    found({ kind: "parquet", delimiter: "none", encoding: "none", lineEnding: "crlf" }),
    ["file format: CSV → Parquet"],
  ],
])("tells a change of %s", (_, head, expected) => {
  expect(diffFormat(csv, head).map(({ what, from, to }) => `${what}: ${from} → ${to}`)).toEqual(expected);
});
