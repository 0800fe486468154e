import type { Experiment, SplitOptions } from "../experiment/experiment.ts";
import type { Match } from "../match/match.ts";
import { doubtsToTell, tellDoubt, tellRefusal } from "./doubt-words.ts";

/** By what both revisions are judged. Reasons are sentences for the reader; they contain text from the experiments. */
export type Yardstick =
  /** Both sides already use the same one. */
  | { state: "same" }
  /** They differ, but both can be run with this one. */
  | {
      state: "common";
      target: string;
      positive: string | null;
      split: SplitOptions;
      /** The columns whose content names a row; null: all of them. */
      keyColumns: string[] | null;
      reasons: string[];
    }
  | { state: "incomparable"; reasons: string[] };

/** What a match says about how rows are named, and what a reader must know about it. */
export type NamedRows = Pick<Match, "naming" | "doubts" | "refusal">;

/**
 * Decides by what base and head can both be judged. The head's definition of the hold-out is applied to both sides,
 * because the pull request proposes it; what a metric measures must not change.
 *
 * | changed | answer |
 * |---|---|
 * | target | incomparable: another question was asked |
 * | positive class, split | the head's, for both |
 * | what names the rows | what the match found, for both |
 * | what the rows are | incomparable, as the match says |
 */
export function commonYardstick(base: Experiment, head: Experiment, match: NamedRows): Yardstick {
  const { naming, doubts, refusal } = match;
  const told = refusal && tellRefusal(refusal, head.format.header !== false);
  if (told !== null && refusal?.kind !== "too-few-columns") return { state: "incomparable", reasons: [told] };
  if (base.target !== head.target) {
    const what = `The target changed from "${base.target}" to "${head.target}", so the two models answer different questions.`;
    const remedy = "Keep the target, or add the new question as a second model in the policy.";
    return { state: "incomparable", reasons: [`${what} ${remedy}`] };
  }
  const reasons: string[] = [];
  const positive = head.positive ?? base.positive;
  if (base.positive !== head.positive) {
    reasons.push(
      `The positive class changed from ${named(base.positive)} to ${named(head.positive)}; both sides are judged with ${named(positive)}.`,
    );
  }
  if (!sameSplit(base.split, head.split)) {
    reasons.push(
      `The split changed from ${described(base.split)} to ${described(head.split)}; both sides are judged on the head's hold-out.`,
    );
  }
  if (base.key !== head.key) {
    reasons.push(`The row key changed from ${keyName(base.key)} to ${keyName(head.key)}.`);
    if (naming.columns?.length === 1 && naming.columns[0] === head.key)
      reasons.push(`The rows of both sides are named by "${head.key}".`);
  }
  reasons.push(...doubtsToTell(doubts, "always").map(tellDoubt));
  if (told !== null) return { state: "incomparable", reasons: [...reasons, told] };
  if (reasons.length === 0) return { state: "same" };
  return { state: "common", target: head.target, positive, split: head.split, keyColumns: naming.columns, reasons };
}

function sameSplit(base: SplitOptions, head: SplitOptions): boolean {
  return described(base) === described(head);
}

function described(split: SplitOptions): string {
  return Object.entries(split)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}

function named(positive: string | null): string {
  return positive === null ? "the automatic choice" : `"${positive}"`;
}

function keyName(key: string | null): string {
  return key === null ? "the row's content" : `"${key}"`;
}
