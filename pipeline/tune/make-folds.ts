import type { JudgedRows } from "../compare-models/fit-candidate.ts";
import type { TrainingSet } from "../models/estimator.ts";
import { applyPreprocessor } from "../preprocess/apply-preprocessor.ts";
import { fitPreprocessor } from "../preprocess/fit-preprocessor.ts";
import { takeValues } from "../table/take-rows.ts";
import type { FoldRows } from "./assign-folds.ts";
import type { TrainingData } from "./training-data.ts";

/** One fold made ready, or why it cannot be used. */
export type Fold = { train: TrainingSet; judged: JudgedRows } | { reason: string };

/** Encoded cells of all folds that are kept in memory, 8 bytes each; above that each trial encodes them again. */
const maxKeptCells = 30_000_000;

/**
 * Makes folds: the rows of all others train (when the split is by time: of all before), the rows of one
 * validate. Medians, scales and categories are learned anew
 * from the rows that train, so that nothing of the validated rows is known to the model.
 *
 * @returns a function from fold and share to the fold. The share limits the rows that train, never those that validate.
 */
export function makeFolds(data: TrainingData, { fold, place }: FoldRows): (which: number, share: number) => Fold {
  const trains = (other: number, which: number) => (data.times === null ? other !== which : other < which);
  let kept = new Map<number, Fold>();
  let keptShare = 1;
  let cells = 0;
  return (which, share) => {
    if (share !== keptShare) {
      kept = new Map();
      keptShare = share;
      cells = 0;
    }
    const known = kept.get(which);
    if (known !== undefined) return known;
    const made = makeFold(
      data,
      positionsWhere(fold, (at) => trains(fold[at]!, which) && place[at]! < share),
      positionsWhere(fold, (at) => fold[at] === which),
    );
    if (!("reason" in made)) cells += made.train.features.values.length + made.judged.features.values.length;
    if (cells <= maxKeptCells) kept.set(which, made);
    return made;
  };
}

function makeFold(data: TrainingData, trains: number[], validates: number[]): Fold {
  if (trains.length === 0 || validates.length === 0) return { reason: "it has no rows" };
  const { table, columns, path, task, classes, target, positive } = data;
  const present = new Set(trains.map((at) => target[at]!)).size;
  const known = task === "regression" ? present : new Set(target).size;
  if (present < known) return { reason: `its training rows have ${present} of ${known} classes` };
  const trainRows = Int32Array.from(trains, (at) => data.rows[at]!);
  const validRows = Int32Array.from(validates, (at) => data.rows[at]!);
  const fitted = fitPreprocessor(columns, trainRows, path);
  if (!fitted.ok) return { reason: fitted.problems.map(({ message }) => message).join(" ") };
  const features = applyPreprocessor(table, trainRows, fitted.value, path);
  const judged = applyPreprocessor(table, validRows, fitted.value, path);
  if (!features.ok || !judged.ok) return { reason: "its columns could not be encoded" };
  return {
    train: { features: features.value, target: takeValues(target, trains), classes, task },
    judged: { features: judged.value, actual: takeValues(target, validates), positive },
  };
}

function positionsWhere(rows: Int32Array, holds: (at: number) => boolean): number[] {
  const positions: number[] = [];
  for (let at = 0; at < rows.length; at++) if (holds(at)) positions.push(at);
  return positions;
}
