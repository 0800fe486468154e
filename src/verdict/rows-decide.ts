import type { Comparison } from "../../pipeline/compare/comparison.ts";
import type { Finding } from "./check.ts";
import { newFinding } from "./new-finding.ts";

type Judged = Pick<Comparison, "metrics" | "slices">;

/**
 * What a rule says of a model on all rows of the base's hold-out, and of those that the head has with the base's label: fine where
 * it is fine on all, whatever was taken out; bad where it is bad on both; else rows that changed decide.
 *
 * @param isBad what the rule objects to, also that it can't say on the rows that are left
 */
export function onBaseRows(comparison: Comparison, isBad: (judged: Judged) => boolean): "fine" | "bad" | "rows-decide" {
  if (!isBad(comparison)) return "fine";
  return comparison.kept === undefined || isBad(comparison.kept) ? "bad" : "rows-decide";
}

/**
 * That rows which the head relabels or does not have decide about something, one finding for either kind. Somebody who is entitled
 * accepts these rows, and no others.
 *
 * @param subject what would have got worse: "ROC AUC of income"
 * @param evidence the numbers on all rows and on those that were kept
 */
export function rowsDecide(
  check: string,
  subject: string,
  about: Pick<Finding, "model" | "metric" | "slice">,
  { holdout: { changed = {} } }: Comparison,
  evidence: Finding["evidence"],
): Finding[] {
  const { gone, relabelled } = changed;
  return [
    ...(relabelled?.rows === undefined
      ? []
      : [
          newFinding(check, "label-change", {
            title: `Other labels decide about ${subject}`,
            evidence: { ...evidence, verdict: "rows-decide", change: "label-change", changed: relabelled.count },
            remedy:
              "By the base's labels it fails. Who answers for the data accepts the new ones with a waiver, or puts the labels back.",
            ...about,
            rows: relabelled.rows,
          }),
        ]),
    ...(gone?.rows === undefined
      ? []
      : [
          newFinding(check, "row-loss", {
            title: `Rows that are gone decide about ${subject}`,
            evidence: { ...evidence, verdict: "rows-decide", change: "row-loss", changed: gone.count },
            remedy:
              "With them it fails. Who answers for the data accepts their loss with a waiver, or puts the rows back.",
            ...about,
            rows: gone.rows,
          }),
        ]),
  ];
}
