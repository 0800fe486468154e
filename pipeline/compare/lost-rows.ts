import type { Run } from "../run.ts";
import { mannWhitney } from "../stats/mann-whitney.ts";
import { formatCount, percent, shortNumber } from "../words.ts";

/** From this share on, rows that are no longer compared can decide the answer, however few they are. */
const manyLost = 0.1;

/**
 * Whether the loss of so many hold-out rows must be told: more than half the square root of all of them, or more than a
 * tenth. A share such as accuracy has a standard error of at most 1 / (2 √n), so from there on dropping the rows that a
 * model gets wrong can move it by more than chance would. Of 800 rows 15 are told, of 10,000 rows 51.
 */
export function mustTellLoss(lost: number, heldOut: number): boolean {
  return lost > Math.min(manyLost * heldOut, Math.sqrt(heldOut) / 2);
}

/** The certainty with which lost rows must be harder than the others before an improvement is doubted. */
const leastCertain = 0.01;

export interface LostRows {
  /** How many, and whether they were easier or harder than those that are compared, as the base's model sees it. */
  description: string;
  /** The base's model errs more on them, beyond chance: without them any model looks better. */
  harder: boolean;
}

/**
 * The rows of the base's hold-out that are no longer compared; null when they are too few to be told.
 *
 * They are harder when a Mann–Whitney test of the base's errors (of classes, right or wrong) says so at 1 %.
 *
 * @param kept positions in the base's hold-out of the rows that are compared; not empty
 * @param unpaired how many of the lost ones the head holds out with other content, which is told elsewhere
 */
export function findLostRows(base: Pick<Run, "task" | "holdout">, kept: Int32Array, unpaired: number): LostRows | null {
  const heldOut = base.holdout.keys.length;
  const lost = heldOut - kept.length;
  if (!mustTellLoss(lost, heldOut)) return null;
  const compared = new Uint8Array(heldOut);
  for (const position of kept) compared[position] = 1;
  const errors: [lost: number[], compared: number[]] = [[], []];
  for (let position = 0; position < heldOut; position++) {
    const [actual, predicted] = [base.holdout.actual[position]!, base.holdout.predicted[position]!];
    const error = base.task === "regression" ? Math.abs(actual - predicted) : Number(actual !== predicted);
    errors[compared[position] === 1 ? 1 : 0].push(error);
  }
  const [gone, stayed] = errors.map((side) => side.reduce((sum, error) => sum + error / side.length, 0)) as [
    number,
    number,
  ];
  const test = mannWhitney(errors[1], errors[0]).value;
  const harder = test !== null && test.probability > 0.5 && test.pValue < leastCertain;
  const how =
    base.task === "regression"
      ? `has a mean absolute error of ${shortNumber(gone, 3)} on them, and of ${shortNumber(stayed, 3)} on the others`
      : `is right on ${percent(1 - gone)} of them, and on ${percent(1 - stayed)} of the others`;
  const why = unpaired >= lost ? "" : ": the head has no such rows in its hold-out";
  const doubt = harder ? " Without them any model looks better, so no improvement is claimed." : "";
  const description = `${formatCount(lost)} of the ${formatCount(heldOut)} base hold-out rows (${percent(lost / heldOut)}) are no longer compared${why}. The base's model ${how}.${doubt}`;
  return { description, harder };
}
