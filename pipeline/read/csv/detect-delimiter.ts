import type { CsvFormat } from "../../experiment/experiment.ts";
import { scanRecords } from "./scan-records.ts";

export type Delimiter = NonNullable<CsvFormat["delimiter"]>;

/** In this order of preference. */
const delimiters: readonly Delimiter[] = [",", ";", "\t", "|"];

/** The beginning of a file that is looked at. */
const sampleBytes = 262_144;
const sampleRecords = 100;

/**
 * Which delimiter a file uses: one that splits the first record, preferably one under which the records after it have
 * as many fields, then the one with the most fields. `others` lists delimiters that would fit as well.
 * A file whose first record none of them splits has a single column, and the comma stands for that.
 */
export function detectDelimiter(bytes: Buffer): { delimiter: Delimiter; others: Delimiter[] } {
  let first = 0;
  while (bytes[first] === 10) first++;
  const text = bytes.subarray(first);
  const cut = text.length <= sampleBytes ? text.length : text.lastIndexOf(10, sampleBytes) + 1;
  const sample = text.subarray(0, cut > 0 ? cut : sampleBytes);
  const candidates = delimiters
    .map((delimiter) => {
      const scan = scanRecords(sample, delimiter.charCodeAt(0), {
        cellBytes: Number.POSITIVE_INFINITY,
        records: sampleRecords,
      });
      return { delimiter, fields: scan.fields, faults: scan.ragged.count + scan.strayQuotes.count };
    })
    .filter((candidate) => candidate.fields > 1)
    .sort((a, b) => a.faults - b.faults || b.fields - a.fields);
  const [best, ...rest] = candidates;
  if (best === undefined) return { delimiter: ",", others: [] };
  const others = rest.filter((candidate) => candidate.faults === 0 && best.faults === 0);
  return { delimiter: best.delimiter, others: others.map((candidate) => candidate.delimiter) };
}
