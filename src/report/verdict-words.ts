import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import { excludesZero, gainOf, isSeedNoise, isTolerated, rounding } from "../words/tolerated-loss.ts";
import { formatMetric, formatProbability, formatSetting } from "./format-number.ts";

/**
 * The verdict on a metric in words, with what decided it.
 *
 * @param corrected how many gated metrics were corrected together
 */
export function verdictWords(compared: MetricComparison, corrected: number): string {
  const { verdict, tolerance, test, reason, gated } = compared;
  switch (verdict) {
    case "improved":
      return `improved, ${test}`;
    case "regressed":
      if (!gated) return `worse, not gated, ${test}`;
      return tolerance > 0 ? `regressed beyond ${formatSetting(tolerance)}, ${test}` : `regressed, ${test}`;
    case "no-detectable-change":
      return unchangedWords(compared, corrected);
    case "underpowered":
      return underpoweredWords(compared, corrected);
    case "incomparable":
      return reason === null ? "not comparable" : `not comparable: ${reason}`;
  }
}

const shortWords: Record<MetricComparison["verdict"], string> = {
  improved: "improved",
  regressed: "worse",
  "no-detectable-change": "no detectable change",
  underpowered: "too few rows to tell",
  incomparable: "not comparable",
};

/** The verdict on a metric of a slice, for a table of many: an interval that excludes zero never stands beside "no change". */
export function sliceVerdictWords(compared: MetricComparison): string {
  const { verdict, p, adjustedP, q, interval } = compared;
  const silent = verdict !== "no-detectable-change" && verdict !== "underpowered";
  if (silent || interval === null || !excludesZero(compared) || isSeedNoise(compared)) return shortWords[verdict];
  const what = gainOf(compared) < 0 ? "worse" : "better";
  const isCertain = (probability: number | null | undefined) => (probability ?? 1) < 1 - interval.level;
  if (isCertain(adjustedP)) {
    return verdict === "underpowered" ? "worse, perhaps beyond the tolerance" : "worse, within the tolerance";
  }
  if (isCertain(q)) return `${what}, but by too little to matter`;
  return isCertain(p) ? `${what}, but not beyond doubt among all slices` : `${what}, but not told from chance`;
}

/** A loss beyond the tolerance, or one whose interval excludes zero, that was not told from chance: never silent. */
export function isUnprovenLoss(compared: MetricComparison): boolean {
  const { verdict, gated, tolerance } = compared;
  if (!gated || (verdict !== "no-detectable-change" && verdict !== "underpowered")) return false;
  return gainOf(compared) < -tolerance * (1 + rounding) && (tolerance > 0 || excludesZero(compared));
}

function unchangedWords(compared: MetricComparison, corrected: number): string {
  const { tolerance, smallestDetectable, reason } = compared;
  if (isSeedNoise(compared) && reason !== null) return reason;
  if (isTolerated(compared)) return `worse, within the tolerance of ${formatSetting(tolerance)}`;
  const told = doubtfulChange(compared, corrected) ?? "no detectable change";
  return smallestDetectable === null ? told : `${told}; ${formatMetric(smallestDetectable)} would have shown`;
}

function underpoweredWords(compared: MetricComparison, corrected: number): string {
  const { smallestDetectable, tolerance } = compared;
  const told = isRoughlyTolerated(compared)
    ? `worse, and perhaps by more than ${formatSetting(tolerance)}`
    : (doubtfulChange(compared, corrected) ?? "too few rows to tell");
  return smallestDetectable === null ? told : `${told}; ${formatMetric(smallestDetectable)} would have shown`;
}

/** A change that looks like one and is not beyond doubt, with the reason; null when nothing looks like a change. */
function doubtfulChange(compared: MetricComparison, corrected: number): string | null {
  const { tolerance, p, adjustedP, q, test, interval } = compared;
  const excludes = excludesZero(compared);
  if (interval === null || !(excludes || isUnprovenLoss(compared))) return null;
  const gain = gainOf(compared);
  const beyond = gain < -tolerance * (1 + rounding) && tolerance > 0 ? ` by more than ${formatSetting(tolerance)}` : "";
  const what = `${gain < 0 ? "worse" : "better"}${beyond}`;
  if (!excludes) return `${what}, but not told from chance: the interval contains zero`;
  if (p !== null && p < 1 - interval.level) {
    if (adjustedP !== null && adjustedP > p) {
      return `${what}, but not beyond doubt once corrected for ${corrected} gated metrics`;
    }
    if (q !== undefined) {
      return q < 1 - interval.level
        ? `${what}, but by too little to matter`
        : `${what}, but not beyond doubt among all the metrics that are not gated`;
    }
  }
  return `${what}, but not told from chance: p is ${p === null ? "unknown" : formatProbability(p)}, ${test}`;
}

/** Beyond doubt worse, but by how much too few rows say. */
function isRoughlyTolerated(compared: MetricComparison): boolean {
  const { p, adjustedP, interval, caution } = compared;
  const decides = adjustedP ?? p;
  const certain = decides !== null && interval !== null && decides < 1 - interval.level;
  return caution !== undefined && certain && isTolerated(compared);
}
