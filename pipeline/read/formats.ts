import type { DataProfile } from "../table/profile.ts";
import { csv } from "./csv/csv.ts";
import type { Format } from "./format.ts";
import { jsonLines } from "./json-lines/json-lines.ts";
import { parquet } from "./parquet/parquet.ts";

/**
 * The only list of data formats, asked from the last to the first: the first takes what no other recognizes, unless
 * `refuse-content.ts` knows better. A profile of the first names no kind.
 */
export const formats: readonly [Format, ...Format[]] = [csv, jsonLines, parquet];

/** The format of a file's content. */
export function recognizeFormat(bytes: Buffer): Format {
  return formats.findLast((format) => format.recognizes(bytes)) ?? formats[0];
}

/** The format of a profiled file. */
export function formatOf({ kind }: Pick<DataProfile["format"], "kind">): Format {
  return formats.find(({ name }) => name === kind) ?? formats[0];
}

/** What a profile says of a format. */
export function kindOf(format: Format): Pick<DataProfile["format"], "kind"> {
  return format === formats[0] ? {} : { kind: format.name };
}

/** @example listFormats(); // "CSV, JSON Lines (one object per line) or Parquet" */
export function listFormats(): string {
  const names = formats.map(({ title, hint }) => (hint === undefined ? title : `${title} (${hint})`));
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
