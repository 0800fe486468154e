import type { ColumnSplit } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import { hashToUnit } from "../stats/hash.ts";
import type { Column } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { partitionRows, type SplitRows } from "./partition-rows.ts";
import { selectionProblem } from "./selection-problems.ts";
import { valueNames } from "./value-names.ts";

/** A hold-out whose share of the rows is further from what was asked than this is worth saying. */
const farOff = 0.1;

/**
 * Divides rows so that all rows of a group (a patient, a customer) are on one side, by a seeded hash of the group's value:
 * the order of rows changes nothing, and a group or row that is added or removed moves no other group. The share held out
 * is one of groups; that of rows is as near to it as the sizes of the groups allow.
 *
 * @param rows the rows to divide; each side keeps their order
 */
export function splitByGroup(column: Column, rows: Int32Array, split: ColumnSplit, path: string): Outcome<SplitRows> {
  const groups = valueNames(column);
  const missing = rows.reduce((count, row) => (groups[row] === null ? count + 1 : count), 0);
  if (missing > 0)
    return { ok: false, problems: [selectionProblem.splitValueMissing(split, missing, rows.length, path)] };

  const used = new Set(Array.from(rows, (row) => groups[row] as string));
  const heldOut = new Set([...used].filter((group) => hashToUnit(group, split.seed) < split.holdout));
  const divided = partitionRows(rows, (row) => heldOut.has(groups[row] as string), path, {
    written: `${formatCount(used.size)} ${used.size === 1 ? "group" : "groups"}, holdout ${split.holdout}, seed ${split.seed}`,
    remedy: "Add groups, or change split.holdout or split.seed. The rows of one group always stay together.",
  });
  if (!divided.ok) return divided;
  const share = divided.value.holdout.length / rows.length;
  if (Math.abs(share - split.holdout) <= farOff) return divided;
  return {
    ...divided,
    notes: [
      {
        code: "holdout-share",
        where: { path, key: "split.holdout" },
        message: `The hold-out has ${formatCount(heldOut.size)} of ${formatCount(used.size)} groups and ${Math.round(100 * share)} % of the rows.`,
        written: String(split.holdout),
        remedy: "Nothing, if that is enough to judge by; otherwise change split.holdout or split.seed.",
      },
    ],
  };
}
