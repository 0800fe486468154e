import type { Run } from "../run.ts";
import { formatCount, percent, quoteSome } from "../words.ts";
import { mustTell, tellChosen } from "./changed-rows.ts";
import type { ChangedRows } from "./comparison.ts";
import { unpairedRows } from "./obstacles.ts";
import type { Yardstick } from "./yardstick.ts";

/** From this share of rows that have a twin on, the reader must know how they were paired. */
const manyTwins = 0.5;

/** What the reader must know about how the sides were brought together. */
export function explainComparison(
  base: Run,
  head: Run,
  given: {
    yardstick: Yardstick;
    relabeled: number;
    /** Rows of repeated keys without a partner of the same content. */
    unpaired: number;
    /** Of the base's hold-out, where that judges; null: nothing changed, or the rows of both are compared. */
    changed: ChangedRows | null;
    /** Rows that are compared, and those of them that repeat the content of another one. */
    common: number;
    twins: number;
  },
): string[] {
  const { yardstick, relabeled, unpaired, changed, common, twins } = given;
  const same = yardstick.state === "same";
  const otherSplit = JSON.stringify(base.experiment.split) !== JSON.stringify(head.experiment.split);
  const otherPositive = base.positive !== head.positive && head.positive !== null;
  const added = head.classes.filter((name) => !base.classes.includes(name));
  const lost = base.classes.filter((name) => !head.classes.includes(name));
  const all = formatCount(common);
  const found = [
    same && otherSplit && `The sides drew different hold-outs; the ${all} rows that both hold out are compared.`,
    same &&
      otherPositive &&
      `The positive class changed from "${base.positive}" to "${head.positive}"; the head's judges both.`,
    added.length > 0 && `The base does not know ${quoted(added)} and gives ${them(added)} probability 0.`,
    lost.length > 0 && `The head does not know ${quoted(lost)} and gives ${them(lost)} probability 0.`,
    changed === null &&
      relabeled > 0 &&
      `${formatCount(relabeled)} of the ${all} rows have another label in the head; the head's labels judge both sides.`,
    twins > manyTwins * common &&
      `${formatCount(twins)} of the ${all} rows repeat another row's content and were paired in the order of the file.`,
    unpaired > 0 && unpairedRows(unpaired),
    ...(changed === null ? [] : changedSentences(changed, base)),
  ];
  return [
    ...(yardstick.state === "common" ? yardstick.reasons : []),
    ...found.filter((reason) => typeof reason === "string"),
  ];
}

/** Changed labels are always told, rows that are gone when they can decide. */
function changedSentences({ gone, relabelled, unanswered }: ChangedRows, { task, holdout }: Run): string[] {
  const of = holdout.rows.length;
  const counted = (count: number) =>
    `${formatCount(count)} of the ${formatCount(of)} base hold-out rows (${percent(count / of)})`;
  const told = (judged: NonNullable<typeof gone>["judged"]) => (judged === null ? "" : ` ${tellChosen(judged, task)}`);
  return [
    ...(relabelled === undefined
      ? []
      : [
          `${counted(relabelled.count)} have another label in the head, or none; the base's judge both.${told(relabelled.judged)}`,
        ]),
    ...(gone === undefined ||
    !(mustTell(gone.count, of) || gone.judged?.beyondChance === true || unanswered?.decides === true)
      ? []
      : [
          unanswered === undefined
            ? `${counted(gone.count)} are gone, and judged as the base has them.${told(gone.judged)}`
            : `${counted(unanswered.count)} are gone, and the head's model has no answer to them: it learned from columns that the base does not have.${told(gone.judged)}`,
        ]),
  ];
}

function quoted(names: readonly string[]): string {
  return quoteSome(names, 3, Number.POSITIVE_INFINITY);
}

function them(names: string[]): string {
  return names.length === 1 ? "it" : "them";
}
