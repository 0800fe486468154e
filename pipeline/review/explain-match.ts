import type { Comparison } from "../compare/comparison.ts";
import { doubtsToTell, tellDoubt, tellMoves } from "../compare/doubt-words.ts";
import { minimumRows } from "../compare/measure-metric.ts";
import type { Match } from "../match/match.ts";
import type { ReadSides } from "./read-sides.ts";

/**
 * The comparison with what became of rows and columns as its first reasons: columns that moved, unless they are why it was
 * refused; and where too few rows were found on both sides, that the key is spelled otherwise or names others, or that the
 * head's data holds other rows.
 */
export function explainMatch(comparison: Comparison, match: Match | null, { head }: ReadSides): Comparison {
  if (match === null) return comparison;
  const reasons: string[] = [];
  const { moved } = match.columns;
  const header = head?.revision.experiment.format.header !== false;
  if (moved.length > 0 && match.refusal?.kind !== "target-moved") reasons.push(tellMoves(moved, header));
  if (comparison.status !== "compared" && comparison.holdout.common < minimumRows) {
    const [why] = doubtsToTell(match.doubts, "few-rows");
    if (why !== undefined) reasons.push(tellDoubt(why));
  }
  return reasons.length === 0 ? comparison : { ...comparison, reasons: [...reasons, ...comparison.reasons] };
}
