import type { Caution } from "../../pipeline/compare/comparison.ts";
import { formatCount } from "../../pipeline/words.ts";
import { countOf } from "../words/count-of.ts";

/** Why an interval should not be taken at its word, as a clause that follows the verdict. */
export function cautionWords(caution: Caution): string {
  switch (caution.kind) {
    case "few-rows": {
      const decide = `${formatCount(caution.count)} of ${formatCount(caution.of)} ${caution.unit}s`;
      const carry = caution.count === 1 ? "carries" : "carry";
      return `few ${caution.unit}s decide: ${decide} ${carry} ${Math.floor(100 * caution.share)} % of the variance of this change, so the interval may be too narrow`;
    }
    case "few-groups":
      return `only ${formatCount(caution.groups)} groups of rows, so the interval may be too narrow`;
    case "uneven-groups":
      return `${formatCount(caution.groups)} groups of rows, of which some are so large that they tell no more than ${formatCount(caution.alike)} of one size would, so the interval may be too narrow`;
    case "class-in-few-groups":
      return `the rows of a class come from few groups, which tell no more than ${formatCount(caution.alike)} of one size would, so the interval may be too narrow`;
    case "rare-class":
      return `the rarest class has only ${countOf(caution.rows, "row")}, so the interval may be too narrow`;
    case "few-disagreements":
      return `the models disagree on only ${countOf(caution.rows, "row")}, so the interval may be too narrow`;
    case "biased":
      return `on ${countOf(caution.rows, "row")} this error comes out too large on both sides`;
  }
}
