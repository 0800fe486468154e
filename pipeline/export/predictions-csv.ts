import type { ParquetColumn } from "../read/parquet/to-parquet.ts";
import { csvLine } from "./csv-line.ts";

/** Prediction columns as CSV with a header. */
export function predictionsCsv(columns: readonly ParquetColumn[]): string {
  const lines = [csvLine(columns.map(({ name }) => name))];
  const rows = columns[0]?.values.length ?? 0;
  for (let row = 0; row < rows; row++) lines.push(csvLine(columns.map(({ values }) => values[row]!)));
  return lines.join("");
}
