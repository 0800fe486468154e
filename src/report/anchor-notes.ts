import type { ReviewedModel } from "../facts/model-state.ts";
import { type AnchorLoss, anchorLosses } from "../verdict/anchor-loss.ts";
import { countOf } from "../words/count-of.ts";
import { formatChange, formatMetric, formatSetting } from "./format-number.ts";

/** What gated metrics lost in several changes together, one sentence per anchor. */
export function anchorNotes({ review }: ReviewedModel): string[] {
  if (!review?.anchors || review.comparison?.status !== "compared") return [];
  const losses = anchorLosses(review.anchors, review.comparison);
  return [...Map.groupBy(losses, ({ anchor }) => anchor).values()].map(describe);
}

function describe(losses: AnchorLoss[]): string {
  const { anchor } = losses[0]!;
  const since = anchor.commit.slice(0, 7);
  const sums = losses.map(
    ({ sum }) =>
      `${sum.title} ${formatMetric(sum.base!)} → ${formatMetric(sum.head!)} (${formatChange(sum.difference!)}, tolerance ${formatSetting(sum.tolerance)})`,
  );
  if (anchor.ref === null) {
    return `With the ${countOf(anchor.changes ?? 0, "change")} before this one, since ${since}: ${sums.join(", ")}.`;
  }
  const name = anchor.accepted === undefined ? anchor.ref : `#${anchor.accepted}, whose loss was accepted`;
  return `Below its anchor, since ${name} (${since}): ${sums.join(", ")}.`;
}
