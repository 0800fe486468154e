import { totalVariation } from "../stats/total-variation.ts";
import { twoProportionZ } from "../stats/two-proportion-z.ts";
import { percent, quoteText } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

/** Reported from here on, so that a threshold can be set above it. */
const leastShift = 0.02;
const level = 0.001;

/**
 * Whether the classes have other shares than in the base. `value` is the total variation distance: the share of rows
 * that would have to change class. The class that moved most is named, and must have moved by more than chance.
 */
export function classBalance(head: ExaminedSide, base: ExaminedSide): Measured[] {
  if (head.classes.length === 0 || base.classes.length === 0) return [];
  const names = [...new Set([...base.classes, ...head.classes])].sort();
  const before = countClasses(base, names);
  const after = countClasses(head, names);
  const rows = { base: base.train.length + base.holdout.length, head: head.train.length + head.holdout.length };
  const shift = totalVariation(before, after).value;
  if (shift === null || shift < leastShift) return [];
  const move = (at: number) => Math.abs(after[at]! / rows.head - before[at]! / rows.base);
  const moved = names.reduce((most, _, at) => (move(at) > move(most) ? at : most), 0);
  const test = twoProportionZ(
    { successes: before[moved]!, trials: rows.base },
    { successes: after[moved]!, trials: rows.head },
  ).value;
  if (test === null || test.pValue >= level) return [];
  const [from, to] = [before[moved]! / rows.base, after[moved]! / rows.head];
  return [
    {
      kind: "class-balance",
      column: head.target,
      value: shift,
      evidence: { class: names[moved]!, base: from, head: to, shift },
      description: `class ${quoteText(names[moved]!)} ${percent(from)} → ${percent(to)} of the rows`,
    },
  ];
}

function countClasses({ classes, labels, train, holdout }: ExaminedSide, names: readonly string[]): Float64Array {
  const place = new Map(names.map((name, at) => [name, at]));
  const places = classes.map((name) => place.get(name)!);
  const counts = new Float64Array(names.length);
  for (const rows of [train, holdout]) for (const row of rows) counts[places[labels[row]!]!]! += 1;
  return counts;
}
