import { fairCoin } from "./binomial-distribution.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

export interface McNemar {
  /** rows only the base gets right, rows only the head gets right */
  readonly onlyBase: number;
  readonly onlyHead: number;
  /** exact two-sided binomial p-value; conservative */
  readonly pValue: number;
  /** mid-p: counts half of the observed outcome; closer to its nominal level (Fagerland, Lydersen and Laake 2013) */
  readonly midP: number;
}

/**
 * McNemar's test of two classifiers on the same rows: are the rows that only one of them gets right split evenly?
 * Uses the discordant rows only. Without any, nothing differs and both p-values are 1. Cost: O(√(discordant rows)).
 * Undefined when a count is not a non-negative integer.
 *
 * @example mcNemar(8, 20).value; // { onlyBase: 8, onlyHead: 20, pValue: 0.0356981…, midP: 0.0241188… }
 */
export function mcNemar(onlyBase: number, onlyHead: number): Statistic<McNemar> {
  if (!(Number.isSafeInteger(onlyBase) && Number.isSafeInteger(onlyHead) && onlyBase >= 0 && onlyHead >= 0)) {
    return undefinedBecause(`the discordant rows are counts, not ${onlyBase} and ${onlyHead}`);
  }
  const { atMost, exactly } = fairCoin(Math.min(onlyBase, onlyHead), onlyBase + onlyHead);
  if (onlyBase === onlyHead) return defined({ onlyBase, onlyHead, pValue: 1, midP: 1 });
  return defined({ onlyBase, onlyHead, pValue: Math.min(1, 2 * atMost), midP: Math.min(1, 2 * atMost - exactly) });
}
