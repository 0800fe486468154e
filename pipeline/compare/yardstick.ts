import type { Experiment, SplitOptions } from "../experiment/experiment.ts";
import { formatCount } from "../format-count.ts";

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

/** Rows named by fewer shared columns than this (beside the target) would mostly share their names. */
const fewestKeyColumns = 2;

/**
 * Decides by what base and head can both be judged. The head's definition of the hold-out is applied to both sides,
 * because the pull request proposes it; what a metric measures must not change.
 *
 * | changed | answer |
 * |---|---|
 * | target | incomparable: another question was asked |
 * | positive class, split | the head's, for both |
 * | row key | the head's when the base's data has that column, otherwise the content of the shared columns |
 * | columns, while no key is declared | the content of the shared columns names the rows |
 *
 * @param baseColumns names of the columns in the base's data, in any order
 */
export function commonYardstick(
  base: Experiment,
  head: Experiment,
  baseColumns: readonly string[],
  headColumns: readonly string[],
): Yardstick {
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
  const key = commonKey(base, head, baseColumns, headColumns);
  if (key.state === "none") return { state: "incomparable", reasons: [...reasons, key.reason] };
  reasons.push(...key.reasons);
  if (reasons.length === 0) return { state: "same" };
  return { state: "common", target: head.target, positive, split: head.split, keyColumns: key.columns, reasons };
}

type CommonKey = { state: "found"; columns: string[] | null; reasons: string[] } | { state: "none"; reason: string };

function commonKey(
  base: Experiment,
  head: Experiment,
  baseColumns: readonly string[],
  headColumns: readonly string[],
): CommonKey {
  const inBase = new Set(baseColumns);
  const inHead = new Set(headColumns);
  const key = head.key;
  const reasons: string[] = [];
  if (base.key !== key) reasons.push(`The row key changed from ${keyName(base.key)} to ${keyName(key)}.`);
  if (key !== null && inBase.has(key) && inHead.has(key)) {
    if (base.key !== key) reasons.push(`The rows of both sides are named by "${key}".`);
    return { state: "found", columns: [key], reasons };
  }
  if (key !== null) reasons.push(`The key column "${key}" does not exist on both sides.`);
  const shared = [...inHead].filter((name) => inBase.has(name)).sort();
  const same = shared.length === inBase.size && shared.length === inHead.size;
  if (same && key === null) return { state: "found", columns: null, reasons };
  const without = shared.filter((name) => name !== head.target);
  if (!same && without.length < fewestKeyColumns) {
    const what = `The data of both sides has ${without.length === 0 ? "no column" : "only one column"} in common beside the target, which cannot tell the rows apart.`;
    return { state: "none", reason: `${what} Declare a key column that exists on both sides.` };
  }
  reasons.push(
    `The columns differ (${formatCount(shared.length)} shared, ${formatCount(inBase.size)} in the base, ${formatCount(inHead.size)} in the head), so the shared ones name the rows.`,
  );
  return { state: "found", columns: shared, reasons };
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
