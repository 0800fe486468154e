import type { DataProfile } from "../table/profile.ts";
import type { Delimiter } from "./csv/detect-delimiter.ts";
import type { RecordScan } from "./csv/scan-records.ts";

/** The rows of a text file in the one form that is loaded: CSV in UTF-8 with LF, without header and blank lines. */
export interface PreparedText {
  names: string[];
  body: Buffer;
  delimiter: Delimiter;
  padding: RecordScan["padding"];
  quotedLineEnd: boolean;
  /** One-based line of each row in the original file. */
  lines: number[];
  /** How the original was written. */
  format: DataProfile["format"];
}
