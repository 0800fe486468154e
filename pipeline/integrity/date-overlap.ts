import { readTimes } from "../split/read-times.ts";
import type { Column } from "../table/table.ts";
import { formatCount, percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** When so few training rows are as late as the hold-out, their dates may be mistakes. */
const fewReaching = 0.01;

/**
 * Hold-out rows that are no later than the newest training row: the model is tested on a period that it has seen, while
 * it will be used on a later one.
 *
 * `value` is their share of the hold-out rows that have a time. Rows of the newest training time itself count, because
 * what is known of one day is known of all its rows; `older` and `same` tell them apart. `reaching` counts the training
 * rows that are not older than the oldest hold-out row. Nothing is found when all times are one. Cost: O(rows).
 */
export function dateOverlap({ time, splitBy, train, holdout }: ExaminedSide): Measured[] {
  if (time === null) return [];
  const { values, unreadable } = readTimes(time);
  if (unreadable.count > 0) return [];
  const trained = spanOf(train, values);
  const heldOut = spanOf(holdout, values);
  if (trained === null || heldOut === null) return [];
  const [newest, oldest] = [values[trained.last]!, values[heldOut.first]!];
  if (values[trained.first] === newest && newest === oldest && oldest === values[heldOut.last]) return [];

  const older = count(holdout, (row) => values[row]! < newest);
  const same = count(holdout, (row) => values[row] === newest);
  if (older + same === 0) return [];
  const reaching = count(train, (row) => values[row]! >= oldest);
  const missing = train.length + holdout.length - trained.known - heldOut.known;
  const share = (older + same) / heldOut.known;
  const [trainFrom, trainTo] = [showTime(time, values, trained.first), showTime(time, values, trained.last)];
  const [holdoutFrom, holdoutTo] = [showTime(time, values, heldOut.first), showTime(time, values, heldOut.last)];
  const evidence = { older, same, holdout: heldOut.known, share, reaching, train: trained.known, missing };
  const age = same === 0 ? "older than" : older === 0 ? "as old as" : "no later than";
  const late = reaching === 1 ? "1 training row is" : `${reaching} training rows are`;
  const few = reaching <= fewReaching * trained.known ? `, though only ${late} that late` : "";
  return [
    {
      kind: "date-overlap",
      column: time.name,
      value: share,
      evidence: { ...evidence, trainFrom, trainTo, holdoutFrom, holdoutTo, split: splitBy },
      description: `${formatCount(older + same)} of ${formatCount(heldOut.known)} hold-out rows (${percent(share)}) are ${age} the newest training row${few}; training ${period(trainFrom, trainTo)}, hold-out ${period(holdoutFrom, holdoutTo)}`,
    },
  ];
}

/** The rows with the earliest and the latest time, and how many have one; null when none has. */
function spanOf(rows: Int32Array, values: Float64Array): { first: number; last: number; known: number } | null {
  let [first, last, known] = [-1, -1, 0];
  for (const row of rows) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    known++;
    if (first < 0 || value < values[first]!) first = row;
    if (last < 0 || value > values[last]!) last = row;
  }
  return known === 0 ? null : { first, last, known };
}

function count(rows: Int32Array, holds: (row: number) => boolean): number {
  return rows.reduce((total, row) => (holds(row) ? total + 1 : total), 0);
}

/** A day, month or number as the data writes it; a point in time to the minute in UTC, so that both periods are of one zone. */
function showTime(column: Column, values: Float64Array, row: number): string {
  if (column.type === "numeric") return String(column.values[row]);
  const text = column.categories[column.codes[row]!]!;
  return /^\d{4}-\d\d(-\d\d)?$|^[+-]?\d+(\.\d+)?$/.test(text)
    ? text
    : `${new Date(values[row]!).toISOString().slice(0, 16)}Z`;
}

function period(from: string, to: string): string {
  return from === to ? from : `${from} to ${to}`;
}
