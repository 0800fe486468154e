export type DriftAnswer = "drifted" | "stable" | "not-enough-data" | "not-comparable";

export interface ColumnDrift {
  column: string;
  type: "numeric" | "categorical";
  role: "feature" | "target" | "prediction";
  answer: DriftAnswer;
  /** The statistic that decides and its threshold; the effect is never negative, larger is more drift. */
  statistic: string;
  effect: number | null;
  threshold: number;
  /** p-value of the accompanying test, and its Benjamini–Hochberg q over the columns. */
  test: string;
  p: number | null;
  q: number | null;
  /** Every statistic that was computed, by name (ks, psi, wasserstein, jensen-shannon, chi2 …). */
  statistics: Record<string, number | null>;
  rows: { base: number; head: number };
  missing: { base: number; head: number };
  /** One sentence for the reader, for example "mean 38.6 → 45.1". May contain data text: escape it. */
  description: string;
}

export interface DriftReport {
  answer: DriftAnswer;
  /** Why the data set as a whole drifted or not: the rule with its numbers. */
  rule: string;
  columns: ColumnDrift[];
  /** Path of the pinned file that was compared with; absent: the base's data was. */
  reference?: string;
  /** Whether a classifier can tell head rows from base rows by all columns together. */
  multivariate?: MultivariateDrift;
}

export interface MultivariateDrift {
  answer: DriftAnswer;
  /** Area under the ROC curve of that classifier on rows that it was not trained on; ½ is guessing. */
  area: number | null;
  interval: { low: number; high: number; level: number } | null;
  /** 2 · area − 1, at least 0, and the threshold from which it counts. */
  effect: number | null;
  threshold: number;
  /** Rows on which the classifier was tested. */
  rows: { base: number; head: number };
  /** The columns that give the sides away, the strongest first, at most three: how much area is lost without each. */
  columns: { column: string; loss: number }[];
  /** One sentence for the reader. May contain data text: escape it. */
  description: string;
}

export interface DriftOptions {
  exclude: string[];
  /** Share of drifted columns from which the data set counts as drifted. */
  share: number;
  /** q below this and effect at or over the threshold means drift. */
  level: number;
  /** Fewer rows than this on either side: not enough data. */
  minimumRows: number;
  thresholds: { numeric: number; categorical: number };
  /** What is compared: all of the head's rows, or those that the base's data does not have. Absent: all. */
  current?: "all" | "added";
}
