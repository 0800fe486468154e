import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";
import { fitTerms, type Term, termsOf } from "./linear-fit.ts";
import { isTooGood, type ScoreGain } from "./near-perfect.ts";
import { type PredictivePower, powerOfPredictions } from "./predicted-power.ts";
import { type SplitSample, sampleRows } from "./predictive-power.ts";

const firstLook = 1_000;
const secondLook = 4_000;
/** Far enough below what counts that a first look can't be that wrong. */
const worthMore = 0.88;
/** Of more numbers or classes nothing is said. */
const most = 100;
/** Features whose weight is this share of the largest one carry the score. */
const leastWeight = 0.1;

/**
 * The score of plain least squares on the numbers and their logarithms, with what came and without: an estimator that is held
 * back by a penalty or by its form may use only a part of what two columns tell together. Null when it is not too good.
 * Cost: that of least squares on 1,000 rows, on 4,000 where it predicts well.
 */
export function leastSquaresGain(
  side: ExaminedSide,
  added: readonly Column[],
): { gain: ScoreGain; columns: Column[] } | null {
  const numbers = side.features.filter((column) => column.type === "numeric");
  const came = added.filter((column) => numbers.some((one) => one === column));
  if (came.length === 0 || numbers.length > most || side.classes.length > most) return null;
  const names = new Set(came.map(({ name }) => name));
  const few = sampleRows(side, firstLook);
  const first = scoreTerms(side, termsOf(numbers, few), few);
  if (first === null || first.power.value < worthMore) return null;
  const rows = sampleRows(side, secondLook);
  const terms = termsOf(numbers, rows);
  const full = scoreTerms(side, terms, rows);
  if (full === null) return null;
  const rest = scoreTerms(
    side,
    terms.filter(({ name }) => !names.has(name)),
    rows,
  );
  const gain = {
    measure: full.power.measure,
    with: full.power.value,
    without: rest?.power.value ?? 0,
    rows: full.power.rows,
  };
  if (!isTooGood(gain)) return null;
  const heaviest = Math.max(...[...names].map((name) => full.weights.get(name) ?? 0));
  const columns = came.filter(({ name }) => (full.weights.get(name) ?? 0) >= leastWeight * heaviest);
  return { gain, columns };
}

/** Weights by feature: the largest of its terms and of all classes. */
function scoreTerms(
  side: ExaminedSide,
  terms: readonly Term[],
  { train, holdout }: SplitSample,
): { power: PredictivePower; weights: Map<string, number> } | null {
  if (terms.length === 0 || 2 * terms.length > train.length) return null;
  const { task, classes, labels } = side;
  const wanted = task === "regression" ? [null] : classes.length === 2 ? [1] : [...classes.keys()];
  const weights = new Map<string, number>();
  const fits = wanted.map((one) => {
    const read = (row: number) => (one === null ? labels[row]! : Number(labels[row] === one));
    const target = { train: Float64Array.from(train, read), holdout: Float64Array.from(holdout, read) };
    const fit = fitTerms(terms, target);
    for (const [at, { name }] of terms.entries()) {
      weights.set(name, Math.max(weights.get(name) ?? 0, Math.abs(fit.weights[at]!)));
    }
    return fit.predicted;
  });
  const predicted = fits.length === 1 ? fits[0]! : likeliest(fits);
  const power = powerOfPredictions(side, predicted, holdout);
  return power === null ? null : { power, weights };
}

function likeliest(fits: readonly Float64Array[]): Float64Array {
  return fits[0]!.map((_, row) => {
    let best = 0;
    for (let which = 1; which < fits.length; which++) if (fits[which]![row]! > fits[best]![row]!) best = which;
    return best;
  });
}
