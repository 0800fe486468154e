import { percent } from "../drift/describe-drift.ts";
import { formatCount } from "../format-count.ts";
import type { Run } from "../run.ts";

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

/**
 * How many of the base's hold-out rows are no longer compared, and whether they were easier or harder than those that
 * are, as the base's model sees it; null when they are too few to be told.
 *
 * @param kept positions in the base's hold-out of the rows that are compared; not empty
 * @param unpaired how many of the lost ones the head holds out with other content, which is told elsewhere
 */
export function describeLostRows(
  base: Pick<Run, "task" | "holdout">,
  kept: Int32Array,
  unpaired: number,
): string | null {
  const heldOut = base.holdout.keys.length;
  const lost = heldOut - kept.length;
  if (!mustTellLoss(lost, heldOut)) return null;
  const compared = new Uint8Array(heldOut);
  for (const position of kept) compared[position] = 1;
  const errors = [0, 0];
  for (let position = 0; position < heldOut; position++) {
    const [actual, predicted] = [base.holdout.actual[position]!, base.holdout.predicted[position]!];
    errors[compared[position]!]! +=
      base.task === "regression" ? Math.abs(actual - predicted) : Number(actual !== predicted);
  }
  const [gone, stayed] = [errors[0]! / lost, errors[1]! / kept.length];
  const how =
    base.task === "regression"
      ? `has a mean absolute error of ${short(gone)} on them, and of ${short(stayed)} on the others`
      : `is right on ${percent(1 - gone)} of them, and on ${percent(1 - stayed)} of the others`;
  const why = unpaired >= lost ? "" : ": the head has no such rows in its hold-out";
  return `${formatCount(lost)} of the ${formatCount(heldOut)} base hold-out rows (${percent(lost / heldOut)}) are no longer compared${why}. The base's model ${how}.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
