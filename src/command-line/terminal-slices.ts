import type { Comparison, MetricComparison, Slice } from "../../pipeline/compare/comparison.ts";
import { formatCount } from "../../pipeline/words.ts";
import type { Level } from "../policy/policy.ts";
import { strongestFirst } from "../words/effect-strength.ts";
import { nameSlice } from "../words/name-slice.ts";
import { plainText } from "./plain-text.ts";
import { showChange } from "./show-number.ts";
import { mark, type Paint } from "./terminal-parts.ts";

const shownSlices = 3;

/** The slices in which a gated metric got worse, the three worst first, then those that the search found. */
export function sliceLines({ slices, discovery }: Comparison, level: Level, paint: Paint): string[] {
  const worse = slices
    .map(({ slice, rows, metrics }) => ({
      conditions: [slice],
      rows,
      metrics: metrics.filter(({ gated, verdict }) => gated && verdict === "regressed").toSorted(strongestFirst),
    }))
    .filter(({ metrics }) => metrics.length > 0)
    .toSorted((a, b) => strongestFirst(a.metrics[0]!, b.metrics[0]!));
  const left = worse.length - shownSlices;
  const sign = mark(level === "block" ? "fail" : "warn", paint);
  return [
    ...worse.slice(0, shownSlices).map((slice) => `  ${sign} worse where ${describe(slice)}`),
    ...(left > 0 ? [`    and ${formatCount(left)} more ${left === 1 ? "slice" : "slices"}`] : []),
    ...(discovery?.slices ?? []).map(
      ({ conditions, measuredOn, metric }) =>
        `  ${sign} found by search: worse where ${describe({ conditions, rows: measuredOn, metrics: [metric] })}`,
    ),
  ];
}

function describe(slice: { conditions: Slice[]; rows: number; metrics: MetricComparison[] }): string {
  const metrics = slice.metrics.map(({ title, difference }) => `${title} ${showChange(difference)}`);
  return `${plainText(nameSlice(slice.conditions), 160)}: ${metrics.join(", ")} (${formatCount(slice.rows)} rows)`;
}
