import type { Experiment, SplitOptions } from "../experiment/experiment.ts";
import type { Match } from "../match/match.ts";
import { doubtsToTell, tellDoubt, tellRefusal } from "./doubt-words.ts";

/** By what both revisions are judged. Reasons are sentences for the reader; they contain text from the experiments. */
export type Yardstick =
  /** Both sides already use the same one. */
  | { state: "same" }
  /** They differ. The gates stand on the base's; both can also be run with this one, the head's. */
  | {
      state: "common";
      /** The head declares another positive class or split; else only what names the rows is another. */
      declared: boolean;
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
 * How the yardsticks of base and head differ, and by what both could be judged as the head proposes. Who is judged does not choose:
 * gates stand on the base's positive class and hold-out.
 *
 * | changed | answer |
 * |---|---|
 * | target | incomparable: another question was asked |
 * | positive class, split | the base's judges both; the head's is a second view |
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
      `The positive class changed from ${named(base.positive)} to ${named(head.positive)}; the base's judges both.`,
    );
  }
  if (!sameSplit(base.split, head.split)) {
    reasons.push(
      `The split changed from ${described(base.split)} to ${described(head.split)}; both are judged on the base's hold-out.`,
    );
  }
  const declared = reasons.length > 0;
  if (base.key !== head.key) {
    reasons.push(`The row key changed from ${keyName(base.key)} to ${keyName(head.key)}.`);
    if (naming.columns?.length === 1 && naming.columns[0] === head.key)
      reasons.push(`The rows of both sides are named by "${head.key}".`);
  }
  reasons.push(...doubtsToTell(doubts, "always").map(tellDoubt));
  if (told !== null) return { state: "incomparable", reasons: [...reasons, told] };
  if (reasons.length === 0) return { state: "same" };
  const { target, split } = head;
  return { state: "common", declared, target, positive, split, keyColumns: naming.columns, reasons };
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
