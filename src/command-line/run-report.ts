import type { ReportedRun } from "../../pipeline/child/run-protocol.ts";
import { metrics as registry } from "../../pipeline/metrics/registry.ts";
import { formatCount } from "../../pipeline/words.ts";
import { jsonAnswer } from "./json-answer.ts";
import { plainText } from "./plain-text.ts";
import type { Format } from "./render.ts";
import { showNumber } from "./show-number.ts";
import { showNote } from "./show-problems.ts";
import { textTable } from "./text-table.ts";

/** The runs of one revision in one of the formats. JSON leaves out rows and weights: `--output` writes those. */
export function runReport(format: Format, runs: readonly { model: string; run: ReportedRun }[]): string {
  if (format === "json") {
    const summaries = runs.map(({ model, run }) => ({ model, run }));
    return jsonAnswer("modelsync-run", { runs: summaries });
  }
  return runs
    .map(({ model, run }) => (format === "markdown" ? markdownRun(model, run) : terminalRun(model, run)))
    .join("\n\n");
}

function terminalRun(model: string, run: ReportedRun): string {
  return [
    `${model}: ${describeRun(run)}`,
    textTable(["metric", "value"], metricRows(run), 2),
    ...run.notes.map((note) => `  note: ${showNote(note)}`),
  ].join("\n");
}

function markdownRun(model: string, run: ReportedRun): string {
  const rows = metricRows(run).map(([metric, value]) => `| ${metric} | ${value} |`);
  return [
    `### ${model}`,
    "",
    describeRun(run).replace(/[\\`*_[\]<>&|]/g, "\\$&"),
    "",
    "| metric | value |",
    "|---|---|",
    ...rows,
  ].join("\n");
}

function describeRun({ rows, target, lineage }: ReportedRun): string {
  return `${plainText(target, 80)} by ${plainText(lineage.estimator)}, ${formatCount(rows.train)} training rows, ${formatCount(rows.holdout)} held out`;
}

function metricRows(run: ReportedRun): string[][] {
  return Object.entries(run.metrics).map(([id, metric]) => [
    registry.get(id)?.title ?? id,
    metric.value === null ? `none: ${metric.reason}` : showNumber(metric.value),
  ]);
}
