import type { Doubt, Refusal } from "../doubt.ts";
import type { DoubtFinder, Matched } from "./doubt-finder.ts";
import { movedTarget } from "./moved-target.ts";
import { otherObservations } from "./other-observations.ts";
import { otherRows } from "./other-rows.ts";
import { replacedKeys } from "./replaced-keys.ts";

/** Every reason why rows that were found on both sides must not be compared; the first that holds is told. */
export const refusals: readonly DoubtFinder<Refusal>[] = [movedTarget, otherObservations];

/** Every doubt about the rows, in the order in which a reader must know them. */
export const doubts: readonly DoubtFinder[] = [replacedKeys, otherRows];

/** What holds of two tables; nothing of a table and itself. */
export function findDoubts(matched: Matched): { doubts: Doubt[]; refusal: Refusal | null } {
  if (matched.tables.same) return { doubts: [], refusal: null };
  return {
    doubts: doubts.flatMap((find) => find(matched) ?? []),
    refusal: refusals.reduce<Refusal | null>((found, find) => found ?? find(matched), null),
  };
}
