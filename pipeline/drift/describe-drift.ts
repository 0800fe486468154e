import { mean, standardDeviation } from "simple-statistics";
import { formatCount, percent, quoteText } from "../words.ts";
import type { PairedCounts } from "./paired-counts.ts";

/** Vanished or new values that are named; of the others there is the number. */
const namedValues = 3;

/**
 * How far the center or the spread of a numeric column moved: `mean 38.6 → 45.1`. Both samples are ascending and not
 * empty. Values near the largest double have no mean; their medians are told.
 */
export function describeNumbers(base: Float64Array, head: Float64Array): string {
  const before = base as unknown as number[];
  const after = head as unknown as number[];
  const spread = standardDeviation(before);
  const spreadAfter = standardDeviation(after);
  if (!Number.isFinite(spread + spreadAfter)) {
    return `median ${threeDigits(base[base.length >> 1]!)} → ${threeDigits(head[head.length >> 1]!)}`;
  }
  const means = `mean ${threeDigits(mean(before))} → ${threeDigits(mean(after))}`;
  const moved = Math.abs(mean(after) - mean(before)) >= 0.1 * spread;
  const spreadChanged = Math.abs(spreadAfter - spread) > 0.1 * spread;
  return moved || !spreadChanged ? means : `${means}, sd ${threeDigits(spread)} → ${threeDigits(spreadAfter)}`;
}

/** What `describeCounts` says when nothing moved. */
export const unmoved = "no share changed";

/** The value that moved most, by what it adds to the Jensen–Shannon distance, which decides. */
export function mostMoved(counts: PairedCounts, baseTotal: number, headTotal: number): string {
  return counts.labels[mostMovedPlace(counts, baseTotal, headTotal)]!;
}

/**
 * The value that contributes most to the Jensen–Shannon distance: `"Private" 70 % → 55 %`. A value that vanished
 * contributes more than a common one that moved by as much. Of a side that holds one value, that one: `always "0"`.
 * Contains data text.
 */
export function describeCounts(counts: PairedCounts, baseTotal: number, headTotal: number): string {
  const { labels, base, head } = counts;
  const [before, after] = [onlyPlace(base), onlyPlace(head)];
  if (before !== null && after !== null) {
    const now = `always ${quoteText(labels[after]!)}`;
    return before === after ? now : `always ${quoteText(labels[before]!)} → ${now}`;
  }
  if (labels.every((_, i) => base[i]! * headTotal === head[i]! * baseTotal)) return unmoved;
  const place = mostMovedPlace(counts, baseTotal, headTotal);
  return `${quoteText(labels[place]!)} ${percent(base[place]! / baseTotal)} → ${percent(head[place]! / headTotal)}`;
}

/** The place of the only value that a side holds; null when it holds none or several. */
function onlyPlace(side: Float64Array): number | null {
  const held = side.reduce((count, rows) => count + (rows > 0 ? 1 : 0), 0);
  return held === 1 ? side.findIndex((rows) => rows > 0) : null;
}

function mostMovedPlace({ labels, base, head }: PairedCounts, baseTotal: number, headTotal: number): number {
  let place = 0;
  let largest = 0;
  for (let i = 0; i < labels.length; i++) {
    const part = divergencePart(base[i]! / baseTotal, head[i]! / headTotal);
    // of two values that mirror each other the first is named, whatever rounding says
    if (part > largest + 1e-9) {
      largest = part;
      place = i;
    }
  }
  return place;
}

/** What one value adds to the Jensen–Shannon divergence of two distributions; never negative. */
function divergencePart(before: number, after: number): number {
  const middle = (before + after) / 2;
  const half = (share: number) => (share === 0 ? 0 : (share / 2) * Math.log2(share / middle));
  return half(before) + half(after);
}

/**
 * Values that vanished and values that are new, so many that chance does not explain it (five would be expected), the
 * most frequent first: `vanished: "CA", "NV" and 4 more`. Empty when there are none, or when each side holds one value
 * only, which is told already. Contains data text.
 *
 * @param told the value that was told already, which is not named again: `also vanished: "NV"`
 */
export function describeComings(
  { labels, base, head }: PairedCounts,
  baseTotal: number,
  headTotal: number,
  told: string | null,
): string {
  if (onlyPlace(base) !== null && onlyPlace(head) !== null) return "";
  const lists = [
    { word: "vanished", from: base, to: head, expected: headTotal / baseTotal },
    { word: "new", from: head, to: base, expected: baseTotal / headTotal },
  ].flatMap(({ word, from, to, expected }) => {
    const all = labels.flatMap((_, i) => (to[i] === 0 && from[i]! * expected >= 5 ? [i] : []));
    const found = all.filter((i) => labels[i] !== told);
    const named = found.sort((left, right) => from[right]! - from[left]! || left - right).slice(0, namedValues);
    const more = found.length - named.length;
    const names = named.map((i) => quoteText(labels[i]!)).join(", ");
    return found.length === 0
      ? []
      : [
          `${found.length < all.length ? "also " : ""}${word}: ${names}${more > 0 ? ` and ${formatCount(more)} more` : ""}`,
        ];
  });
  return lists.join(", ");
}

/** The change of the share of missing cells: `missing 0 % → 12 %`. */
export function describeMissing(base: number, head: number): string {
  return `missing ${percent(base)} → ${percent(head)}`;
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  return size >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
