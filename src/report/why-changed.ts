import type { Comparison } from "../../pipeline/compare/comparison.ts";

/** What each cause did to one metric; the two add up to its change. */
export interface Cause {
  metric: string;
  data: number;
  experiment: number;
}

const shownMetrics = 3;

/**
 * How much of each change came from the data and how much from the experiment, for the gated metrics whose change has an
 * interval without zero, also when their tolerance allows it; at most three.
 */
export function causesOf(comparison: Comparison | null): Cause[] {
  const changed = new Set(
    (comparison?.metrics ?? [])
      .filter(({ interval }) => interval !== null && (interval.low > 0 || interval.high < 0))
      .map(({ metric }) => metric),
  );
  return (comparison?.attribution?.metrics ?? [])
    .flatMap(({ metric, title, data, experiment }) =>
      changed.has(metric) && data !== null && experiment !== null
        ? [{ metric: title, data: data.difference, experiment: experiment.difference }]
        : [],
    )
    .slice(0, shownMetrics);
}

/** Why nothing could be attributed, as a sentence; null when it could, or when there was nothing to attribute. */
export function whyUnattributed(comparison: Comparison | null): string | null {
  const reason = comparison?.attribution?.reason ?? null;
  return reason === null
    ? null
    : `What the data did can't be told from what the experiment did: ${reason.replace(/[.\s]+$/, "")}.`;
}
