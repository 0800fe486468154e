import type { Comparison } from "../compare/comparison.ts";
import type { Yardstick } from "../compare/yardstick.ts";
import { formatCount } from "../format-count.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { ReadSides } from "./read-sides.ts";

type Moves = NonNullable<SchemaDiff["moved"]>;

/** Reasons are cut when long: the list of all columns is in the data section. */
const named = 2;
const longestName = 40;

/**
 * Why sides cannot be compared whose target changed places with another column: under one name are other labels. Null
 * when the target stayed where it was.
 */
export function refuseMovedTarget(sides: ReadSides, schema: SchemaDiff | null): Yardstick | null {
  const moved = schema?.moved ?? [];
  const target = sides.head?.revision.experiment.target;
  const before = sides.base?.revision.experiment.target;
  const away = moved.find(({ from }) => from === before);
  const taken = moved.find(({ to }) => to === target);
  const what =
    away !== undefined
      ? `The values of the target ${quoted(away.from)} are now in ${quoted(away.to)}${away === taken ? ", which is the head's target" : ""}`
      : taken !== undefined
        ? `The target ${quoted(taken.to)} now holds the values of ${quoted(taken.from)}`
        : null;
  if (what === null) return null;
  return { state: "incomparable", reasons: [`${what}${others(moved.length - 1)}. ${remedy(sides)}`] };
}

/** The comparison with the columns that moved as its first reason, unless they are why it was refused. */
export function explainMoves(sides: ReadSides, schema: SchemaDiff | null, comparison: Comparison): Comparison {
  const moved = schema?.moved ?? [];
  if (moved.length === 0 || refuseMovedTarget(sides, schema) !== null) return comparison;
  return { ...comparison, reasons: [`${describeMoves(moved)} ${remedy(sides)}`, ...comparison.reasons] };
}

/** @example // The values of "a" are now in "b", and those of "b" in "a". */
function describeMoves(moved: Moves): string {
  const shown = moved
    .slice(0, named)
    .map(
      ({ from, to }, at) =>
        `${at === 0 ? "The values of" : "and those of"} ${quoted(from)} ${at === 0 ? "are now " : ""}in ${quoted(to)}`,
    );
  return `${shown.join(", ")}${others(moved.length - shown.length)}.`;
}

function others(count: number): string {
  return count <= 0 ? "" : `, and ${formatCount(count)} more ${count === 1 ? "column" : "columns"} moved`;
}

function quoted(name: string): string {
  return `"${name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name}"`;
}

function remedy({ head }: ReadSides): string {
  return head?.revision.experiment.format.header === false
    ? "Write format.names in the order of the file's columns, or put the columns back."
    : "Put the names of these columns back.";
}
