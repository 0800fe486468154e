import type { ColumnSplit } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import type { Column } from "../table/table.ts";
import { partitionRows, type SplitRows } from "./partition-rows.ts";
import { readTimes } from "./read-times.ts";
import { selectionProblem } from "./selection-problems.ts";
import { doubtfulTimes, type TimeRole, timeProblem } from "./time-problems.ts";

/**
 * Holds out the latest rows, so that a model is judged on a time after the one it learned from. Rows of one time stay
 * together: the cut lies between two different times, where the hold-out's share of the rows comes nearest to the one
 * asked for (of two equally near, the larger hold-out). The order of rows changes nothing. Later rows that are added move
 * the cut, and rows from the hold-out into training: that is the purpose, and a review judges both revisions by the later cut.
 *
 * @param rows the rows to divide; each side keeps their order
 */
export function splitByTime(column: Column, rows: Int32Array, split: ColumnSplit, path: string): Outcome<SplitRows> {
  const role: TimeRole = { key: "split.column", column: split.column };
  const read = readTimes(column);
  const { values, unreadable } = read;
  if (unreadable.count > 0) return { ok: false, problems: [timeProblem.unreadable(role, unreadable, path)] };
  const times = Float64Array.from(rows, (row) => values[row]!).sort();
  // A typed array sorts NaN to its end.
  const missing = times.reduce((count, time) => (Number.isNaN(time) ? count + 1 : count), 0);
  if (missing > 0)
    return { ok: false, problems: [selectionProblem.splitValueMissing(split, missing, rows.length, path)] };
  const cut = findCut(times, split.holdout);
  if (cut === null) return { ok: false, problems: [timeProblem.single(role, rows.length, path)] };
  const divided = partitionRows(rows, (row) => values[row]! >= cut, path, {
    written: `holdout ${split.holdout}`,
    remedy: "Add rows of other times.",
  });
  return divided.ok ? { ...divided, notes: [...divided.notes, ...doubtfulTimes(role, read, path)] } : divided;
}

/** The first time that is held out; null when all times are one. */
function findCut(sorted: Float64Array, holdout: number): number | null {
  const wanted = holdout * sorted.length;
  let best: { time: number; distance: number } | null = null;
  for (let at = 1; at < sorted.length; at++) {
    if (sorted[at] === sorted[at - 1]) continue;
    const distance = Math.abs(sorted.length - at - wanted);
    if (best === null || distance < best.distance) best = { time: sorted[at]!, distance };
  }
  return best?.time ?? null;
}
