import type { Format } from "../format.ts";
import { loadColumns } from "../load-columns.ts";
import { withPrivateCopy } from "../private-copy.ts";
import { createParquetCells } from "./parquet-cells.ts";

/** Columns of numbers, text, booleans, dates and times. */
export const parquet: Format = {
  name: "parquet",
  title: "Parquet",
  options: ["decimal"],
  recognizes: (bytes) =>
    bytes.length > 8 && [0, bytes.length - 4].every((at) => bytes.toString("latin1", at, at + 4) === "PAR1"),
  load: (bytes, request) =>
    withPrivateCopy(bytes, request, async (connection, file) => {
      const created = await createParquetCells(connection, file, request);
      if (!created.ok) return created;
      const columns = await loadColumns(connection, created.value, request);
      const format = { delimiter: "none", encoding: "utf-8", lineEnding: "lf" as const, bom: false };
      return { ok: true, notes: created.notes, value: { columns, format, lineOf: null } };
    }),
  describe: () => ({}),
};
