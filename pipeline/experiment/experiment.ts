/** A model's own definition as written in `experiment.yml`, after defaults. Paths are relative to the repository root. */
export interface Experiment {
  data: string;
  target: string;
  /** The class whose probability is ranked. Null: chosen by the pipeline (two classes: the rarer one; more: none). */
  positive: string | null;
  /** Column that names a row across revisions. Null: the row's content does. */
  key: string | null;
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

export interface SplitOptions {
  /** Share of rows held out, in (0, 1). */
  holdout: number;
  seed: number;
}

/** `type` names an estimator; the rest are that estimator's options, validated by its own schema. */
export interface ModelOptions {
  type: string;
  [option: string]: unknown;
}
