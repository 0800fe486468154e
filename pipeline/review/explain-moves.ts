import type { Comparison } from "../compare/comparison.ts";
import type { Yardstick } from "../compare/yardstick.ts";
import type { SchemaDiff } from "../data/schema-diff.ts";
import type { ReadSides } from "./read-sides.ts";

const named = 6;

/**
 * Why sides cannot be compared whose target changed places with another column: under one name are other labels. Null
 * when the target stayed where it was.
 */
export function refuseMovedTarget(sides: ReadSides, schema: SchemaDiff | null): Yardstick | null {
  const moved = schema?.moved ?? [];
  const target = sides.head?.revision.experiment.target;
  if (!moved.some(({ from, to }) => from === target || to === target)) return null;
  return { state: "incomparable", reasons: [`${describeMoves(moved)} So the target is another one. ${remedy(sides)}`] };
}

/** The comparison with the columns that moved as its first reason, unless they are why it was refused. */
export function explainMoves(sides: ReadSides, schema: SchemaDiff | null, comparison: Comparison): Comparison {
  const moved = schema?.moved ?? [];
  if (moved.length === 0 || refuseMovedTarget(sides, schema) !== null) return comparison;
  return { ...comparison, reasons: [`${describeMoves(moved)} ${remedy(sides)}`, ...comparison.reasons] };
}

/** @example // The values of "a" are now in "b", those of "b" in "a". */
function describeMoves(moved: NonNullable<SchemaDiff["moved"]>): string {
  const [first, ...others] = moved.slice(0, named) as [(typeof moved)[number], ...typeof moved];
  const left = moved.length - named;
  return [
    `The values of "${first.from}" are now in "${first.to}"`,
    ...others.map(({ from, to }) => `, those of "${from}" in "${to}"`),
    left > 0 ? `, and those of ${left} more ${left === 1 ? "column" : "columns"} elsewhere` : "",
    ".",
  ].join("");
}

function remedy({ head }: ReadSides): string {
  return head?.revision.experiment.format.header === false
    ? "Write `format.names` in the order of the file's columns, or put the columns back."
    : "Put the names of these columns back.";
}
