import { formatCount } from "../format-count.ts";
import type { Run } from "../run.ts";
import type { LostRows } from "./lost-rows.ts";
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
    lostRows: LostRows | null;
    /** Rows that are compared, and those of them that repeat the content of another one. */
    common: number;
    twins: number;
  },
): string[] {
  const { yardstick, relabeled, unpaired, lostRows, common, twins } = given;
  const reasons = yardstick.state === "common" ? [...yardstick.reasons] : [];
  const before = base.experiment.split;
  const after = head.experiment.split;
  if (yardstick.state === "same" && JSON.stringify(before) !== JSON.stringify(after)) {
    reasons.push(
      `The sides drew different hold-outs; the ${formatCount(common)} rows that both hold out are compared.`,
    );
  }
  if (base.positive !== head.positive && head.positive !== null && yardstick.state === "same") {
    reasons.push(`The positive class changed from "${base.positive}" to "${head.positive}"; the head's judges both.`);
  }
  const added = head.classes.filter((name) => !base.classes.includes(name));
  const lost = base.classes.filter((name) => !head.classes.includes(name));
  if (added.length > 0) reasons.push(`The base does not know ${quoted(added)} and gives ${them(added)} probability 0.`);
  if (lost.length > 0) reasons.push(`The head does not know ${quoted(lost)} and gives ${them(lost)} probability 0.`);
  if (relabeled > 0) {
    reasons.push(
      `${formatCount(relabeled)} of the ${formatCount(common)} rows have another label in the head; the head's labels judge both sides.`,
    );
  }
  if (twins > manyTwins * common) {
    reasons.push(
      `${formatCount(twins)} of the ${formatCount(common)} rows repeat another row's content and were paired in the order of the file.`,
    );
  }
  if (unpaired > 0) reasons.push(unpairedRows(unpaired));
  if (lostRows !== null) reasons.push(lostRows.description);
  return reasons;
}

function them(names: string[]): string {
  return names.length === 1 ? "it" : "them";
}

function quoted(names: string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}
