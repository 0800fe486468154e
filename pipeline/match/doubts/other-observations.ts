import type { BothTables, SharedColumn } from "../both-tables.ts";
import { cellsOf, cellWords } from "../cell-words.ts";
import type { Refusal } from "../doubt.ts";
import { limits } from "../limits.ts";
import type { RowPairs } from "../row-pairs.ts";
import type { DoubtFinder } from "./doubt-finder.ts";

/**
 * Whether rows of one name are other observations, as when the measures of one month take the place of those of another,
 * or the running number is that of another sample: the base's answer to its own row would be judged by the label of the
 * other one, which makes any model of the head look better. Not when the labels agree more than by chance, or the features.
 *
 * @param aside columns that say nothing: what names the rows, and what the head's experiment excludes
 */
export function areOtherObservations(tables: BothTables, pairs: RowPairs, aside: readonly string[]): boolean {
  const { shared, target } = tables;
  const unlike = ({ base, head }: SharedColumn) => {
    const agreement = agreementBeyondChance(cellsOf(cellWords(base)), cellsOf(cellWords(head)), pairs);
    return agreement !== null && Math.abs(agreement) <= limits.asByChance;
  };
  const label = shared.find(({ name }) => name === target);
  if (pairs.base.length < limits.fewestTelling || label === undefined || aside.includes(target)) return false;
  if (!unlike(label)) return false;
  const others = shared.filter(({ name }) => name !== target && !aside.includes(name));
  return others.length > 0 && others.filter(unlike).length >= limits.mostly * others.length;
}

/** Cohen's kappa of the cells of paired rows; null when both hold one and the same value. */
function agreementBeyondChance(before: BigInt64Array, after: BigInt64Array, pairs: RowPairs): number | null {
  const counts = [new Map<bigint, number>(), new Map<bigint, number>()] as const;
  const step = Math.ceil(pairs.base.length / limits.mostAgreeing);
  const rows = Math.ceil(pairs.base.length / step);
  let agreeing = 0;
  for (let at = 0; at < pairs.base.length; at += step) {
    const [one, other] = [before[pairs.base[at]!]!, after[pairs.head[at]!]!];
    if (one === other) agreeing++;
    counts[0].set(one, (counts[0].get(one) ?? 0) + 1);
    counts[1].set(other, (counts[1].get(other) ?? 0) + 1);
  }
  let byChance = 0;
  for (const [cell, count] of counts[0]) byChance += (count / rows) * ((counts[1].get(cell) ?? 0) / rows);
  return byChance === 1 ? null : (agreeing / rows - byChance) / (1 - byChance);
}

/** The rows of each key have other values and other labels than in the base. */
export const otherObservations: DoubtFinder<Refusal> = ({ tables, head, changes }) => {
  const { key, target } = tables;
  const { keyed, columns } = changes;
  if (key === null || keyed === null || !columns.cells?.some(({ column }) => column === target)) return null;
  const aside = [key, ...head.experiment.exclude];
  return areOtherObservations(tables, keyed, aside) ? { kind: "other-observations", key } : null;
};
