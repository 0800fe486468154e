import type { Metric } from "../pipeline/metrics/metric.ts";
import { fillSections } from "./fill-sections.ts";

/**
 * The page `docs/models.md` with its table of metrics made anew: what lies between `<!-- metrics -->` and the
 * `<!-- end -->` after it.
 */
export function metricsDocs(page: string, metrics: ReadonlyMap<string, Metric>): string {
  const table = [
    "| metric | what it is | tasks | better | values | interval and test | also written |",
    "|---|---|---|---|---|---|---|",
    ...[...metrics.values()].map(row),
  ].join("\n");
  return fillSections(page, { metrics: table });
}

function row(metric: Metric): string {
  const { id, title, docs, tasks, direction, range, aliases } = metric;
  const [least, most] = range.map((end) =>
    Number.isFinite(end) ? String(end).replace("-", "−") : end > 0 ? "∞" : "−∞",
  );
  const cells = [`\`${id}\``, `**${title}.** ${docs}`, tasks.join(", "), direction, `${least} to ${most}`];
  return `| ${[...cells, testOf(metric), aliases.join(", ")].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** For independent rows, where nothing cautions against it. */
function testOf({ pairedTest, rowLoss, tasks }: Metric): string {
  if (pairedTest === "mcnemar") return "Tango, McNemar";
  const resampled = rowLoss === null ? "paired bootstrap" : "studentized bootstrap";
  if (pairedTest === null) return resampled;
  return tasks.includes("multiclass") ? `DeLong; multiclass: ${resampled}` : "DeLong";
}
