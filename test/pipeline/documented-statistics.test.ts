import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fewestBinnedRows, fewestGroups, fewestGroupsSkewed, fewestOfClass } from "../../pipeline/compare/caution.ts";
import { minimumSliceRows, mostSlicesPerColumn } from "../../pipeline/compare/compare-slices.ts";
import { minimumGroups, minimumRows } from "../../pipeline/compare/measure-metric.ts";
import { fewestRefits } from "../../pipeline/compare/seed-noise.ts";
import { defaultDriftOptions, fewValues, missingThreshold } from "../../pipeline/drift/default-drift-options.ts";
import { hashGroups } from "../../pipeline/drift/paired-counts.ts";
import { RELIABILITY_BINS } from "../../pipeline/metrics/reliability-curve.ts";
import { enoughUnits } from "../../pipeline/stats/studentized-bootstrap.ts";
import { usualReuseWarning } from "../../src/policy/policy.ts";

const page = readFileSync(new URL("../../docs/statistics.md", import.meta.url), "utf8").replace(/\s+/g, " ");
const { thresholds, level, minimumRows: driftRows, share } = defaultDriftOptions;
const words: Record<number, string> = { 5: "five", 10: "ten" };

it.each([
  `Fewer than ${minimumRows} common rows are not compared`,
  `Fewer than ${minimumGroups} groups are not compared`,
  `Beyond ${enoughUnits.toLocaleString("en-US")} rows the reach is that of Student's distribution`,
  `a class has fewer than ${fewestOfClass} rows`,
  `fewer than ${fewestGroups} groups; average precision: fewer than ${fewestGroupsSkewed}`,
  `calibration error, fewer than ${fewestBinnedRows.toLocaleString("en-US")} rows`,
  `at most the ${mostSlicesPerColumn} with most rows`,
  `A slice needs ${minimumSliceRows} common rows`,
  `is fitted ${words[fewestRefits]} more times`,
  `the report warns above ${usualReuseWarning} `,
  `are put into ${words[RELIABILITY_BINS]} bins`,
  `its q-value is below ${level}, and both sides have ${driftRows} values`,
  `| numeric | Kolmogorov–Smirnov statistic | Kolmogorov–Smirnov | ${thresholds.numeric} |`,
  `| categorical | Jensen–Shannon distance | χ² | ${thresholds.categorical} |`,
  `numeric with at most ${fewValues} values`,
  `| missing cells of any column | change of their share | two-proportion z | ${missingThreshold} |`,
  `\`thresholds.numeric\` ${thresholds.numeric} |`,
  `\`thresholds.categorical\` ${thresholds.categorical} |`,
  `\`level\` ${level} |`,
  `\`minimum_rows\` ${driftRows} |`,
  `\`share\` ${share} |`,
  `compared in ${hashGroups} groups`,
])("the page on statistics says what the code does: %s", (sentence) => {
  expect(page).toContain(sentence);
});
