import type { Comparison, MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { AnchorReview } from "../../pipeline/review/anchor.ts";
import { gainOf, rounding } from "../words/tolerated-loss.ts";
import type { PartialAnswer } from "./combine-answers.ts";
import type { Finding } from "./finding.ts";
import { newFinding } from "./new-finding.ts";

/** One gated metric of which the loss since an anchor is beyond the tolerance. */
export interface AnchorLoss {
  anchor: Extract<AnchorReview, { state: "compared" }>;
  /** The head against the anchor. */
  sum: MetricComparison;
  /** The head against its base. */
  own: MetricComparison;
  /** The change itself is worse than its base, so that it answers for the sum. */
  adds: boolean;
}

/**
 * The gated metrics that lost more than their tolerance since an anchor, by the rule that a regression goes by; where rows changed
 * since then, also on those that are left, because each change of rows was judged by itself. What the change loses on its own
 * beyond the tolerance is a regression and needs no anchor.
 */
export function anchorLosses(anchors: readonly AnchorReview[], { metrics }: Comparison): AnchorLoss[] {
  return anchors.flatMap((anchor) => {
    if (anchor.state !== "compared") return [];
    return anchor.compared.flatMap((sum) => {
      const own = metrics.find(({ metric }) => metric === sum.metric);
      const kept = anchor.kept?.find(({ metric }) => metric === sum.metric) ?? sum;
      if (own === undefined || own.verdict === "regressed") return [];
      if (sum.verdict !== "regressed" || kept.verdict !== "regressed") return [];
      return [{ anchor, sum, own, adds: isWorse(own) }];
    });
  });
}

/** Small losses are never significant alone: any amount beyond rounding counts. */
function isWorse(own: MetricComparison): boolean {
  return own.difference !== null && gainOf(own) < -rounding;
}

/**
 * What a check says of a model's anchors that its policy names: it fails where the change itself is worse than its base and the sum
 * is beyond the tolerance, and can't tell where an anchor could not be compared.
 */
export function judgeAnchors(
  check: string,
  model: string,
  anchors: readonly AnchorReview[],
  comparison: Comparison,
): PartialAnswer[] {
  const named = anchors.filter(({ ref }) => ref !== null);
  const unknown = named.flatMap((anchor): PartialAnswer[] => {
    if (anchor.state === "compared") return unclearMetrics(check, model, anchor, comparison);
    return [{ answer: "cannot-tell", findings: troubles(check, model, anchor) }];
  });
  const lost = anchorLosses(named, comparison).filter(({ adds }) => adds);
  return [...unknown, ...lost.map((loss) => ({ answer: "fail" as const, findings: [toFinding(check, model, loss)] }))];
}

function toFinding(check: string, model: string, { anchor, sum, own }: AnchorLoss): Finding {
  const { metric, title, base, head, difference, interval, tolerance, test } = sum;
  return newFinding(check, "anchor", {
    title: `${title} of ${model} is below its anchor, and this change takes it further down`,
    evidence: {
      verdict: "anchor",
      base,
      head,
      difference,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      share: own.difference,
      tolerance,
      test,
      anchor: anchor.ref,
      accepted: anchor.accepted ?? null,
      commit: anchor.commit,
    },
    remedy: `Win back what was lost since then, or move models.${model}.anchor in the policy first.`,
    model,
    metric,
  });
}

function troubles(check: string, model: string, anchor: AnchorReview): Finding[] {
  const key = `models.${model}.anchor`;
  const { ref, commit } = anchor;
  const unknown = (reason: string | null, remedy: string, about: string[] = []) =>
    newFinding(
      check,
      "anchor-unknown",
      {
        title: `${model} can't be compared with its anchor ${ref}${reason === null ? "" : `: ${reason}`}`,
        evidence: { verdict: "anchor-unknown", anchor: ref, commit, reason },
        remedy,
        model,
      },
      about,
    );
  const moved = `Name a revision with which it can be compared at ${key} in the policy.`;
  if (anchor.state === "problems" && anchor.problems.length > 0) {
    return anchor.problems.map(({ code, message, where, remedy }) =>
      unknown(message, where.key === key ? remedy : moved, [code, where.path, where.key ?? ""]),
    );
  }
  return [unknown(anchor.state === "incomparable" ? asReason(anchor.reasons) : null, moved)];
}

function asReason(reasons: readonly string[]): string | null {
  return reasons.length === 0 ? null : reasons.join(" ");
}

/** A metric that got worse and has no value at the anchor, or none that can be compared. */
function unclearMetrics(
  check: string,
  model: string,
  { compared, ref, commit }: Extract<AnchorReview, { state: "compared" }>,
  { metrics }: Comparison,
): PartialAnswer[] {
  return metrics.flatMap((own) => {
    const sum = compared.find(({ metric }) => metric === own.metric);
    if (sum?.verdict !== "incomparable" || own.verdict === "incomparable" || !isWorse(own)) return [];
    const finding = newFinding(check, "anchor-unknown", {
      title: `${own.title} of ${model} can't be compared with its anchor ${ref}${sum.reason === null ? "" : `: ${sum.reason}`}`,
      evidence: { verdict: "anchor-unknown", anchor: ref, commit, reason: sum.reason },
      remedy: `Name a revision at which it has a value at models.${model}.anchor in the policy.`,
      model,
      metric: own.metric,
    });
    return [{ answer: "cannot-tell", findings: [finding] }];
  });
}
