import type { Column } from "../table/table.ts";
import { formatCount, quoteSome } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import type { PredictivePower } from "./predicted-power.ts";

/** Reported from here on, so that a threshold can be set above it. */
export const leastNearPerfect = 0.9;
/** Honest features seldom leave less than this share of what the others get wrong; a leak leaves next to nothing. */
const mostLeft = 0.25;
/** With fewer hold-out rows a score may be near-perfect by luck. */
export const fewestHeldOut = 200;

/** A score with some features, and without them. */
export interface ScoreGain {
  measure: PredictivePower["measure"];
  with: number;
  without: number;
  /** Hold-out rows. */
  rows: number;
}

/** Whether a score is near-perfect, and hardly anything is left of what was wrong without the features. */
export function isTooGood({ with: reached, without }: Pick<ScoreGain, "with" | "without">, from = leastNearPerfect) {
  return reached >= from && 1 - reached < mostLeft * (1 - without);
}

/**
 * Features that came and with which a model is near-perfect that was not without them. `value` is its score.
 *
 * @param by what learned from them
 */
export function nearPerfect(
  side: Pick<ExaminedSide, "features">,
  added: readonly Column[],
  gain: ScoreGain,
  by: "the model" | "least squares",
): Measured[] {
  if (added.length === 0 || gain.rows < fewestHeldOut || !isTooGood(gain)) return [];
  const names = added.map(({ name }) => name);
  const all = names.length === side.features.length;
  return [
    {
      kind: "near-perfect",
      column: names.length === 1 ? names[0]! : null,
      columns: names,
      value: gain.with,
      evidence: { measure: gain.measure, with: gain.with, without: gain.without, rows: gain.rows, by },
      description: `${gain.measure} ${shown(gain.without)} → ${shown(gain.with)} of ${by} on ${formatCount(gain.rows)} hold-out rows with ${quoteSome(names)}${all ? ", its only features" : ""}`,
    },
  ];
}

/** Rounded down, so that only a perfect score is shown as 1. */
function shown(value: number): string {
  return String(Math.floor(value * 1e4) / 1e4);
}
