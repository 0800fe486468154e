import type { Column } from "../table/table.ts";
import { quoteText } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** With fewer rows, two unrelated columns can agree by chance. */
const fewestRows = 10;
const shownPairs = 3;

/**
 * Features that are the target under other names: each value of the one stands for exactly one value of the other, in
 * every row whose target is known. Missing counts as a value.
 *
 * Cost: O(rows) for a copy, a few rows for anything else.
 */
export function targetCopies(side: ExaminedSide): Measured[] {
  const rows = side.train.length + side.holdout.length;
  if (side.classes.length < 2 || rows < fewestRows) return [];
  return side.features.flatMap((column) => {
    const pairs = pairValues(side, column);
    if (pairs === null) return [];
    const shown = pairs.slice(0, shownPairs).map(([value, label]) => `${quoteText(value)} is ${quoteText(label)}`);
    if (pairs.length > shownPairs) shown.push("…");
    return [
      {
        kind: "target-copy" as const,
        column: column.name,
        value: 1,
        evidence: { rows, classes: side.classes.length, mapping: shown.join(", ") },
        description: shown.join(", "),
      },
    ];
  });
}

/** Feature value and class name for each class, or null when they do not correspond one to one. */
function pairValues({ classes, labels, train, holdout }: ExaminedSide, column: Column): [string, string][] | null {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const labelOf = new Map<number, number>();
  const cellOf = new Map<number, number>();
  for (const rows of [train, holdout]) {
    for (const row of rows) {
      // A map knows one NaN, as it should here.
      const cell = cells[row]!;
      const label = labels[row]!;
      const expected = labelOf.get(cell);
      if (expected === undefined) {
        if (cellOf.has(label)) return null;
        labelOf.set(cell, label);
        cellOf.set(label, cell);
      } else if (expected !== label) return null;
    }
  }
  if (cellOf.size < 2) return null;
  const text = (cell: number) =>
    Number.isNaN(cell) || (column.type === "categorical" && cell < 0)
      ? ""
      : column.type === "categorical"
        ? column.categories[cell]!
        : String(cell);
  return [...cellOf].sort(([a], [b]) => a - b).map(([label, cell]) => [text(cell), classes[label]!]);
}
