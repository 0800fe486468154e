import type { RunSummary } from "../run.ts";
import { formatCount, quoteSome } from "../words.ts";
import { minimumRows } from "./measure-metric.ts";
import type { Yardstick } from "./yardstick.ts";

type Side = Pick<RunSummary, "target" | "task" | "classes" | "positive">;

/**
 * Why two runs cannot be compared, each with what to do about it; empty when they can.
 *
 * @param common hold-out rows that exist on both sides
 * @param unpaired hold-out rows whose key exists on both sides, but names several rows and none of the same content
 * @param relabeling what `describeRelabeling` says
 * @param key the column that names the rows of both sides, or null
 */
export function findObstacles(
  base: Side,
  head: Side,
  found: { common: number; unpaired: number; relabeling: string | null; key: string | null },
  yardstick: Yardstick,
): string[] {
  const { common, unpaired, relabeling, key } = found;
  if (yardstick.state === "incomparable") {
    // a positive class that the base does not have is often a label that was renamed
    return relabeling === null || commonClasses(base, head) !== null
      ? yardstick.reasons
      : [...yardstick.reasons, relabeling];
  }
  const obstacles: string[] = [];
  if (base.target !== head.target) {
    obstacles.push(
      `The target changed from "${base.target}" to "${head.target}". Keep it, or add the new question as a second model.`,
    );
  }
  if (base.task !== head.task) {
    obstacles.push(
      `The task changed from ${base.task} to ${head.task}, and with it what the metrics measure. Check the values of the target column.`,
    );
  } else if (commonClasses(base, head) === null) {
    obstacles.push(
      `The values of the target changed from ${quoteSome(base.classes, 5, Number.POSITIVE_INFINITY)} to ${quoteSome(head.classes, 5, Number.POSITIVE_INFINITY)}.${relabeling === null ? "" : ` ${relabeling}`} Keep their spelling, or change it in a pull request of its own.`,
    );
  }
  // renamed classes are part of what names a row without a key, so that their rows cannot be found again
  if (common === 0 && obstacles.length > 0) return obstacles;
  if (common < minimumRows && unpaired > 0) {
    const few = common === 0 ? "No row is" : `Only ${formatCount(common)} rows are`;
    obstacles.push(
      `${few} in the hold-out of both sides. ${unpairedRows(unpaired)} Make the key unique, for instance with a number per row of a key.`,
    );
  } else if (common === 0) {
    const name =
      key === null
        ? "Declare a key column that names a row in both revisions"
        : `Keep the values of the key column "${key}", or declare another one that names a row in both revisions`;
    obstacles.push(`No row is in the hold-out of both sides. ${name}, and keep the split's share and seed.`);
  } else if (common < minimumRows) {
    obstacles.push(
      `Only ${common === 1 ? "1 row is" : `${formatCount(common)} rows are`} in the hold-out of both sides; a comparison needs ${formatCount(minimumRows)}. Hold out a larger share, or keep more of the rows.`,
    );
  }
  return obstacles;
}

/** What the reader must know when rows of a repeated key have no partner of the same content. */
export function unpairedRows(count: number): string {
  return count === 1
    ? "1 row of a repeated key could not be paired, because its content changed."
    : `${formatCount(count)} rows of repeated keys could not be paired, because their content changed.`;
}

/**
 * The classes over which both sides are judged: their union when the task is the same and one side knows all classes of
 * the other, otherwise null, because a renamed value would count as a new class.
 */
export function commonClasses(base: Side, head: Side): string[] | null {
  const larger = base.classes.length > head.classes.length ? base.classes : head.classes;
  const smaller = larger === base.classes ? head.classes : base.classes;
  return smaller.every((name) => larger.includes(name)) ? larger : null;
}

/** From this share of rows on, other target values are not corrections: the values mean something else. */
const otherMeaning = 0.5;

/** Why the base's model cannot be judged by the head's labels: most of them say something else than its own. */
export function relabelingObstacle(relabeled: number, common: number, relabeling: string | null): string | null {
  if (relabeled <= otherMeaning * common) return null;
  if (relabeling !== null) {
    return `${relabeling} So the target's values changed their meaning. Keep it, or change it in a pull request of its own.`;
  }
  const which =
    relabeled === common ? `All ${formatCount(common)}` : `${formatCount(relabeled)} of the ${formatCount(common)}`;
  return `${which} rows that both sides hold out have another target value in the head, so the target's values changed their meaning or unit. Keep it, or change it in a pull request of its own.`;
}
