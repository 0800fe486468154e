/** What a data file looks like: counts and summaries only, never rows. */
export interface DataProfile {
  rows: number;
  columns: ColumnProfile[];
  /** What was detected or assumed while reading: delimiter, encoding, header. */
  format: {
    /** The name of its format (`pipeline/read/formats.ts`). Absent: CSV. The others have no delimiter and say `none`. */
    kind?: string;
    /** True: the file was compressed with gzip. */
    gzip?: boolean;
    delimiter: string;
    encoding: string;
    lineEnding: "lf" | "crlf" | "cr" | "mixed";
    bom: boolean;
  };
}

export type ColumnProfile =
  | {
      name: string;
      type: "numeric";
      missing: number;
      /** Null when every cell is missing. */
      summary: { min: number; q25: number; median: number; q75: number; max: number; mean: number; sd: number } | null;
      distinct: number;
    }
  | {
      name: string;
      type: "categorical";
      missing: number;
      distinct: number;
      /** The most frequent values, at most 20, by count and then by name. */
      top: { value: string; count: number }[];
    };
