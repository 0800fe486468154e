import type { CategoricalColumn, Column } from "../table/table.ts";
import { formatCount, shortenText } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { isTooGood } from "./near-perfect.ts";
import type { PredictivePower } from "./predicted-power.ts";
import { powerOfGroups, predictivePower, type SplitSample, sampleRows } from "./predictive-power.ts";
import { leastPredictive } from "./single-predictors.ts";
import { cellText, groupBySign, signsFor, type WrittenSign } from "./written-signs.ts";

/** Rows a side, as for single features. */
const firstLook = 1_000;
const secondLook = 10_000;
const worthMore = 0.8;
/** Each of fewer values has rows enough to tell by itself what it means. */
const fewestValues = 50;

/**
 * Features that came and tell the target by how their values are written, though not by the values themselves: a text's
 * first word or last digit, a date's day of the week. `value` is the predictive power of the best sign. Cost: O(rows × signs)
 * of at most 1,000 rows a side, ten times the rows where it is high.
 */
export function signPredictors(side: ExaminedSide, added: readonly Column[]): Measured[] {
  const few = sampleRows(side, firstLook);
  const many = sampleRows(side, secondLook);
  return added.flatMap((column) => {
    if (column.type !== "categorical" || column.categories.length < fewestValues) return [];
    const looks = powersOf(column, side, few).filter(({ power }) => power.value >= worthMore);
    if (looks.length === 0) return [];
    const known = predictivePower(column, side, many)?.value ?? 0;
    const signs = looks.map(({ sign }) => sign);
    const best = powersOf(column, side, many, signs).sort((a, b) => b.power.value - a.power.value)[0];
    if (best === undefined || best.power.value < leastPredictive) return [];
    if (!isTooGood({ with: best.power.value, without: known })) return [];
    const { measure, value, rows } = best.power;
    const by = shortenText(best.sign.name);
    return [
      {
        kind: "single-predictor" as const,
        column: column.name,
        value,
        evidence: { measure, value, rows, by },
        description: `${measure} ${Math.floor(value * 1e4) / 1e4} on ${formatCount(rows)} hold-out rows, by ${by}`,
      },
    ];
  });
}

function powersOf(
  column: CategoricalColumn,
  side: ExaminedSide,
  rows: SplitSample,
  chosen?: readonly WrittenSign[],
): { sign: WrittenSign; power: PredictivePower }[] {
  const texts = (of: Int32Array) => Array.from(of, (row) => cellText(column, row));
  const [train, holdout] = [texts(rows.train), texts(rows.holdout)];
  return (chosen ?? signsFor(train)).flatMap((sign) => {
    const power = powerOfGroups(groupBySign(sign, train, holdout), side, rows);
    return power === null ? [] : [{ sign, power }];
  });
}
