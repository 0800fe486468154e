import type { DriftOptions } from "./drift-report.ts";

/**
 * The defaults of `drift:` in a policy, with the reason for each number.
 *
 * - `thresholds.numeric` 0.15 is a Kolmogorov–Smirnov statistic: 15 points more of the rows lie on one side of some
 *   value. A normal column reaches it when its mean moves by 0.38 standard deviations (population stability index 0.14,
 *   in the "moderate" band of 0.1 to 0.2). The statistic does not grow with the number of rows, unlike any p-value.
 * - `thresholds.categorical` 0.1 is a Jensen–Shannon distance: a balanced two-valued column reaches it when its share
 *   moves by 12 points, a value of one row in ten when it doubles, a value of one in fifty when it vanishes. It does not
 *   depend on the ratio of the numbers of rows, which Cramér's V does: against 10,000 rows, V of the same change is less
 *   than half as large when the head has 500 rows instead of 10,000.
 * - `level` 0.05 on Benjamini–Hochberg q-values: at most one false alarm in twenty alarms, however many columns.
 * - `minimumRows` 50: with fewer rows a side no effect near its threshold can be told from chance
 *   (two samples of 50 need a Kolmogorov–Smirnov statistic of 0.27), so the answer would only say how small the data is.
 * - `share` 0.25: every drifted column already has a sizable effect that is not chance, so a quarter of the columns is a
 *   change of the data set and not of one column. Half of them, a common choice, misses a data set whose drift sits in
 *   one group of columns.
 */
export const defaultDriftOptions: DriftOptions = {
  exclude: [],
  share: 0.25,
  level: 0.05,
  minimumRows: 50,
  thresholds: { numeric: 0.15, categorical: 0.1 },
};

/**
 * Change of the share of missing cells from which a column has drifted: 10 points. The same unit as the
 * Kolmogorov–Smirnov statistic, but lower, because a hole in a column is a fault more often than a change of the world.
 */
export const missingThreshold = 0.1;

/** A category below this share on both sides is pooled into `(other)`. */
export const rareShare = 0.01;

/** A category with fewer rows than this on both sides together is pooled too: it carries no evidence either way. */
export const rareRows = 5;

/** Numeric columns with at most this many distinct values over both sides are compared value by value. */
export const fewValues = 5;

/** A value held by at least this share of the base's rows dominates a numeric column, for example the zeros of a tax. */
export const dominantShare = 0.5;
