import { chiSquareTest } from "../stats/chi-square-test.ts";
import { cramersV } from "../stats/cramers-v.ts";
import { jensenShannonDistance } from "../stats/jensen-shannon.ts";
import { kolmogorovSmirnov } from "../stats/kolmogorov-smirnov.ts";
import { type NumericSample, numericSample } from "../stats/numeric-sample.ts";
import { populationStabilityIndex } from "../stats/population-stability-index.ts";
import { quantileBins } from "../stats/quantile-bins.ts";
import type { Statistic } from "../stats/statistic.ts";
import { normalizedWasserstein } from "../stats/wasserstein.ts";
import type { CategoricalColumn, NumericColumn } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { dominantShare, fewValues } from "./default-drift-options.ts";
import { describeComings, describeCounts, describeNumbers, mostMoved, unmoved } from "./describe-drift.ts";
import type { DriftOptions } from "./drift-report.ts";
import {
  countAroundDominant,
  countCategories,
  countFewValues,
  dominantValue,
  groupByHash,
  hashGroups,
  missingLabel,
  otherLabel,
  type PairedCounts,
  poolRare,
  sum,
} from "./paired-counts.ts";

/** One way in which a column can drift: its effect, the threshold of the effect, and the test that goes with it. */
export interface DriftComponent {
  statistic: string;
  effect: number;
  threshold: number;
  test: string;
  p: number | null;
  description: string;
}

/** How the values of a column changed, or why that cannot be said. */
export interface ValueDrift {
  component: DriftComponent | null;
  /** Why there is no component. */
  reason: string | null;
  statistics: Record<string, number | null>;
}

type Thresholds = DriftOptions["thresholds"];

/**
 * Compares the present values of a numeric column.
 *
 * - The Kolmogorov–Smirnov statistic decides when the column has many values.
 * - A column with at most five distinct values (0/1 flags, ratings), or one value that half of the base's rows hold
 *   (zeros, a constant), is compared by Jensen–Shannon distance over those values, with the χ² test: quantile bins are
 *   blind on such a column.
 *
 * Statistics: `ks`, `ks-p`, `psi`, `wasserstein` (in standard deviations of the base) and `jensen-shannon-deciles` (over
 * the same deciles of the base as `psi`); with counts also `jensen-shannon`, `chi2`, `chi2-p`, `cramers-v`.
 */
export function numericDrift(base: NumericColumn, head: NumericColumn, thresholds: Thresholds): ValueDrift {
  const before = numericSample(base.values);
  const after = numericSample(head.values);
  const test = kolmogorovSmirnov(before, after);
  if (test.value === null) return { component: null, reason: emptySide(before, after), statistics: {} };
  const statistics: Record<string, number | null> = {
    ks: test.value.statistic,
    "ks-p": test.value.pValue,
    wasserstein: normalizedWasserstein(before, after).value,
    ...decileStatistics(before, after),
  };
  const counts = discreteCounts(before, after);
  if (counts !== null) {
    Object.assign(statistics, countStatistics(counts));
    return { component: countComponent(counts, "jensen-shannon", thresholds.categorical), reason: null, statistics };
  }
  const component: DriftComponent = {
    statistic: "ks",
    effect: test.value.statistic,
    threshold: thresholds.numeric,
    test: "Kolmogorov–Smirnov",
    p: test.value.pValue,
    description: describeNumbers(before.sorted, after.sorted),
  };
  return { component, reason: null, statistics };
}

/**
 * Compares a categorical column by Jensen–Shannon distance and the χ² test over categories that are common enough; rare
 * ones are pooled first. Missing is a category of its own here. Where every category is rare (postal codes, names), they
 * are compared in 16 groups chosen by a hash: a shift between many values moves some groups, fresh identifiers do not.
 *
 * Statistics: `jensen-shannon`, `psi`, `chi2`, `chi2-p` and `cramers-v` over every category; `jensen-shannon-pooled` or
 * `jensen-shannon-grouped` when rare ones were pooled or grouped, which then decides.
 */
export function categoricalDrift(base: CategoricalColumn, head: CategoricalColumn, thresholds: Thresholds): ValueDrift {
  const counts = countCategories(base, head);
  const statistics: Record<string, number | null> = {
    ...countStatistics(counts),
    psi: populationStabilityIndex(counts.base, counts.head).value,
  };
  const values = counts.labels.filter((label) => label !== missingLabel).length;
  if (values === 0) return { component: null, reason: "every value is missing", statistics };
  const pooled = poolRare(counts);
  const comings = (told: string | null) => describeComings(counts, sum(counts.base), sum(counts.head), told);
  const moved = (among: PairedCounts) => mostMoved(among, sum(among.base), sum(among.head));
  if (pooled === counts) {
    const component = countComponent(counts, "jensen-shannon", thresholds.categorical);
    return { component: withComings(component, comings(moved(counts))), reason: null, statistics };
  }
  const named = pooled.labels.some((label) => label !== missingLabel && label !== otherLabel);
  const compared = named ? pooled : groupByHash(counts);
  const name = named ? "jensen-shannon-pooled" : "jensen-shannon-grouped";
  statistics[name] = jensenShannonDistance(compared.base, compared.head).value;
  const component = countComponent(compared, name, thresholds.categorical);
  const description = `${formatCount(values)} different values, none in 1 % of the rows, compared in ${hashGroups} groups`;
  const described = component && (named ? component : { ...component, description });
  return { component: withComings(described, comings(named ? moved(pooled) : null)), reason: null, statistics };
}

function withComings(component: DriftComponent | null, comings: string): DriftComponent | null {
  if (component === null || comings === "") return component;
  // rare values are pooled, and can come and go while the pool stays as large as it was
  const description = component.description === unmoved ? comings : `${component.description}, ${comings}`;
  return { ...component, description };
}

function discreteCounts(base: NumericSample, head: NumericSample): PairedCounts | null {
  const few = countFewValues(base, head, fewValues);
  if (few !== null) return few;
  const dominant = dominantValue(base, dominantShare);
  return dominant === null ? null : countAroundDominant(base, head, dominant);
}

function decileStatistics(base: NumericSample, head: NumericSample): Record<string, number | null> {
  const bins = quantileBins(base, head);
  if (bins.value === null || bins.value.blind !== null) {
    // a blind index is 0 by construction: no number is more honest than that one
    return { psi: null, "jensen-shannon-deciles": null };
  }
  return {
    psi: populationStabilityIndex(bins.value.reference, bins.value.current).value,
    "jensen-shannon-deciles": jensenShannonDistance(bins.value.reference, bins.value.current).value,
  };
}

function countStatistics({ base, head }: PairedCounts): Record<string, number | null> {
  const test = chiSquareTest(base, head).value;
  return {
    "jensen-shannon": jensenShannonDistance(base, head).value,
    chi2: test?.statistic ?? null,
    "chi2-p": test?.pValue ?? null,
    "cramers-v": cramersV(base, head).value,
  };
}

function countComponent(counts: PairedCounts, statistic: string, threshold: number): DriftComponent | null {
  const effect: Statistic = jensenShannonDistance(counts.base, counts.head);
  if (effect.value === null) return null;
  return {
    statistic,
    effect: effect.value,
    threshold,
    test: "χ²",
    p: chiSquareTest(counts.base, counts.head).value?.pValue ?? null,
    description: describeCounts(counts, sum(counts.base), sum(counts.head)),
  };
}

function emptySide(base: NumericSample, head: NumericSample): string {
  if (base.sorted.length === 0 && head.sorted.length === 0) return "every value is missing on both sides";
  return `every value is missing in the ${base.sorted.length === 0 ? "base" : "head"}`;
}
