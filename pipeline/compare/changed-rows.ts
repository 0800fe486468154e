import { limits } from "../match/limits.ts";
import type { Run } from "../run.ts";
import { mannWhitney } from "../stats/mann-whitney.ts";
import { percent, shortNumber } from "../words.ts";
import type { ChosenRows } from "./comparison.ts";

type Answered = Pick<Run, "task" | "classes" | "holdout">;

/** The certainty with which the models must differ otherwise on changed rows than on the others. */
const leastCertain = 0.01;

/**
 * How both models do on some rows of the base's hold-out, by the base's labels, and on the others: whether the rows that a change
 * takes out, or gives another label, were chosen.
 *
 * They were, when a Mann–Whitney test says at 1 % that what the head loses there (its error less the base's) is more or less
 * than elsewhere; where the head has no answer, what the base errs there. Fewer than 20 rows tell nothing.
 *
 * @param head the head's answers to rows of the base's data; it may lack some
 * @param changed positions in the base's hold-out
 * @returns null when there are none, or none else
 */
export function compareChosen(base: Answered, head: Answered, changed: ReadonlySet<number>): ChosenRows | null {
  const size = base.holdout.rows.length;
  if (changed.size === 0 || changed.size === size) return null;
  const answers = new Map(head.holdout.rows.map((row, at) => [row, at]));
  const sides = [new Errors(), new Errors()] as const;
  for (let position = 0; position < size; position++) {
    const at = answers.get(base.holdout.rows[position]!) ?? null;
    sides[changed.has(position) ? 0 : 1].add(
      errorOf(base, base, position, position),
      at === null ? null : errorOf(base, head, position, at),
    );
  }
  const [chosen, others] = sides;
  const answered = sides.every((side) => side.losses.length === side.base.length);
  const measured = answered ? "losses" : "base";
  const test = mannWhitney(others[measured], chosen[measured]).value;
  return {
    rows: changed.size,
    of: size,
    base: { chosen: mean(chosen.base), others: mean(others.base) },
    head: chosen.head.length === 0 ? null : { chosen: mean(chosen.head), others: mean(others.head) },
    p: test?.pValue ?? null,
    beyondChance: changed.size >= limits.fewestTelling && test !== null && test.pValue < leastCertain,
  };
}

/** The errors of both sides on some rows, and what the head loses where it has an answer. */
class Errors {
  readonly base: number[] = [];
  readonly head: number[] = [];
  readonly losses: number[] = [];

  add(base: number, head: number | null): void {
    this.base.push(base);
    if (head === null) return;
    this.head.push(head);
    this.losses.push(head - base);
  }
}

/** Of numbers, how far off; of classes, 1 when wrong. The base's label is the truth. */
function errorOf(truth: Answered, side: Answered, position: number, at: number): number {
  const [actual, said] = [truth.holdout.actual[position]!, side.holdout.predicted[at]!];
  if (truth.task === "regression") return Math.abs(actual - said);
  return truth.classes[actual] === side.classes[said] ? 0 : 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @example // On them the base's model is right in 97 % and the head's in 42 %, elsewhere in 69 % and 70 %: more than chance. */
export function tellChosen({ base, head, beyondChance }: ChosenRows, task: Run["task"]): string {
  const regression = task === "regression";
  const number = (error: number) => (regression ? shortNumber(error, 3) : percent(1 - error));
  const [what, by] = regression ? ["errs by", "by"] : ["is right in", "in"];
  const [second, also] =
    head === null ? ["", ""] : [` and the head's ${by} ${number(head.chosen)}`, ` and ${number(head.others)}`];
  const doubt = beyondChance ? ": more than chance" : "";
  return `On them the base's model ${what} ${number(base.chosen)}${second}, elsewhere ${by} ${number(base.others)}${also}${doubt}.`;
}

/** From this share on, rows that a change takes out or relabels can decide the answer, however few they are. */
const many = 0.1;

/**
 * Whether so many changed hold-out rows must be told: more than half the square root of all of them, or more than a tenth. A
 * share such as accuracy has a standard error of at most 1 / (2 √n), so from there on dropping the rows that a model gets wrong
 * can move it by more than chance would. Of 800 rows 15 are told, of 10,000 rows 51.
 */
export function mustTell(changed: number, heldOut: number): boolean {
  return changed > Math.min(many * heldOut, Math.sqrt(heldOut) / 2);
}
