import type { ExaminedSide } from "../../pipeline/integrity/examined-side.ts";
import { createRandom } from "../../pipeline/stats/random.ts";
import { profileTable } from "../../pipeline/table/profile-table.ts";
import type { Column } from "../../pipeline/table/table.ts";
import { tableOf } from "./tables.ts";

interface Written {
  /** The name of one of the columns; by default `y`. */
  target?: string;
  key?: string;
  /** The name of the column of times. */
  time?: string;
  splitBy?: ExaminedSide["splitBy"];
  exclude?: string[];
  declared?: ExaminedSide["declared"];
  /** Whether a row is held out; by default every fourth is. */
  holdout?: (row: number) => boolean;
}

/** A side that uses all columns but target, key and excluded ones. A numeric target is a regression's. */
export function aSide(columns: Column[], written: Written = {}): ExaminedSide {
  const { target = "y", key = null, time = null, splitBy = "hash", exclude = [], declared = {} } = written;
  const { holdout = (row) => row % 4 === 3 } = written;
  const table = tableOf(...columns);
  const labels = columns.find(({ name }) => name === target)!;
  const format = { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false } as const;
  const known = Int32Array.from({ length: table.rowCount }, (_, row) => row).filter((row) =>
    labels.type === "categorical" ? labels.codes[row]! >= 0 : !Number.isNaN(labels.values[row]),
  );
  const classes = labels.type === "categorical" ? labels.categories : [];
  return {
    table,
    profiles: new Map(profileTable(table, format).columns.map((column) => [column.name, column])),
    features: columns.filter(({ name }) => ![target, key, time, ...exclude].includes(name)),
    target,
    key,
    time: columns.find(({ name }) => name === time) ?? null,
    splitBy,
    declared,
    task: labels.type === "numeric" ? "regression" : classes.length === 2 ? "binary" : "multiclass",
    classes,
    labels: labels.type === "categorical" ? labels.codes : labels.values,
    train: known.filter((row) => !holdout(row)),
    holdout: known.filter(holdout),
  };
}

/** As many values as asked for, from a function of row and a uniform random number. */
export function made<T>(rows: number, value: (row: number, uniform: number) => T, seed = 1): T[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, row) => value(row, random.uniform()));
}
