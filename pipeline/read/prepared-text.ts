import type { Delimiter } from "./csv/detect-delimiter.ts";
import type { RecordScan } from "./csv/scan-records.ts";
import type { LoadedFile } from "./loaded-file.ts";

/** The rows of a text file in the one form that is loaded: CSV in UTF-8 with LF, without header and blank lines. */
export interface PreparedText {
  names: string[];
  body: Buffer;
  delimiter: Delimiter;
  /** What cells may have at their ends; trimming any whitespace takes as long as everything else together. */
  padding: RecordScan["padding"];
  /** A quoted cell contains a line end: then the file cannot be split between threads. */
  quotedLineEnd: boolean;
  /** One-based line of each row in the original file. */
  lines: number[];
  /** How the original was written. */
  format: LoadedFile["format"];
}
