/** A model's own definition as written in `experiment.yml`, after defaults. Paths are relative to the repository root. */
export interface Experiment {
  /** A path, or a pattern of paths; or several of them. See `dataName`. */
  data: string | string[];
  /** A file with further columns of the same rows, mostly the target. Absent: everything is in `data`. */
  labels?: LabelsOptions | undefined;
  target: string;
  /** Whether the target holds classes or a quantity. Null: decided by the target and by what the estimator can do. */
  task: "classification" | "regression" | null;
  /** The class whose probability is ranked. Null: chosen by the pipeline (two classes: the rarer one; more: none). */
  positive: string | null;
  /** Column that names a row across revisions. Null: the row's content does. */
  key: string | null;
  /**
   * Column of the time at which a row was observed; a review looks whether training reaches into the time of the hold-out.
   * It is no feature, unless listed in `features`. Absent: none is declared.
   */
  time?: string | undefined;
  /** Columns that are not features. */
  exclude: string[];
  /** When given, only these columns are features. */
  features: string[] | null;
  /** Declared column types; the rest is inferred: numeric when every value that is not missing is a number. */
  columns: Record<string, "numeric" | "categorical">;
  /** Cells that mean "missing", after trimming. The empty cell always does. */
  missing: string[];
  format: CsvFormat;
  split: SplitOptions;
  model: ModelOptions;
}

export interface LabelsOptions {
  data: string;
  /** The columns by which a row finds its label. They are no features, unless listed in `features`. */
  key: string | string[];
}

export interface CsvFormat {
  /** Null: detected among comma, semicolon, tab and pipe from the header line, and then stated. */
  delimiter: "," | ";" | "\t" | "|" | null;
  decimal: "." | ",";
  /** Null: UTF-8 when the bytes are valid UTF-8, otherwise windows-1252, and then stated. */
  encoding: "utf-8" | "windows-1252" | null;
  /** False: the file has no header line; `names` must name the columns. */
  header: boolean;
  names: string[] | null;
}

export type SplitOptions = HashSplit | ColumnSplit;

/** A seeded hash of each row's key decides. */
export interface HashSplit {
  by?: undefined;
  column?: undefined;
  /** Share of rows held out, in (0, 1). */
  holdout: number;
  seed: number;
}

/** The latest rows are held out (`time`), or whole groups by a seeded hash of their value (`group`). */
export interface ColumnSplit {
  by: "time" | "group";
  /** The column of times or groups. It is no feature, unless a time is listed in `features`. */
  column: string;
  /** Share of rows (time) or groups held out, in (0, 1). */
  holdout: number;
  /** Also seeds the estimator; does not count for the rows of a split by time. */
  seed: number;
}

/** `type` names an estimator; the rest are that estimator's options, validated by its own schema. */
export interface ModelOptions {
  type: string;
  [option: string]: unknown;
}
