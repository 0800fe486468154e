import { isDeepStrictEqual } from "node:util";
import type { Comparison, MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { DriftReport } from "../../pipeline/drift/drift-report.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import type { ModelReview, Side } from "../../pipeline/review.ts";
import { formatCount, formatSetting } from "../report/format-number.ts";
import { plainText } from "./plain-text.ts";
import { showChange, showInterval, showNumber } from "./show-number.ts";
import { showProblems } from "./show-problems.ts";
import { capped, mark, type Paint } from "./terminal-parts.ts";
import { textTable } from "./text-table.ts";

/** What happened to one model: both sides, the metrics that are gated or changed, the data. */
export function modelSection(review: ModelReview, paint: Paint): string {
  const title = `${paint("bold", plainText(review.model))}  ${plainText(review.experimentPath)}`;
  const lines = [
    title,
    ...bothSides(review, paint),
    ...comparisonLines(review, paint),
    ...schemaLines(review),
    ...driftLines(review.drift, paint),
  ];
  return lines.join("\n");
}

/** What is wrong with both sides in the same way is told once. */
function bothSides({ base, head }: ModelReview, paint: Paint): string[] {
  const same =
    base.state === "problems" && head.state === "problems" && isDeepStrictEqual(base.problems, head.problems);
  return same
    ? sideLines("base and head", head, paint)
    : [...sideLines("base", base, paint), ...sideLines("head", head, paint)];
}

function sideLines(name: string, side: Side, paint: Paint): string[] {
  if (side.state === "absent") return [`  ${name}: the experiment does not exist`];
  if (side.state === "problems") {
    return [`  ${name}: ${paint("red", "could not be run")}`, indent(showProblems(side.problems), 4)];
  }
  const { rows, lineage } = side.run;
  const cached = side.cached ? ", from cache" : "";
  return [
    `  ${name}: ${formatCount(rows.total)} rows, ${formatCount(rows.holdout)} held out, ${plainText(lineage.estimator)}${cached}`,
    ...side.run.notes.map((note) => `    note: ${plainText(note.message)}`),
  ];
}

function comparisonLines({ comparison, base, head }: ModelReview, paint: Paint): string[] {
  if (comparison === null) {
    // Beside a side that failed, the numbers of the other one are no answer to anything.
    if (base.state === "problems" || head.state === "problems") return [];
    const only = head.state === "ran" ? head : base.state === "ran" ? base : null;
    if (only === null) return [];
    const rows = Object.entries(only.run.metrics).flatMap(([id, metric]) =>
      metric.value === null ? [] : [["", metrics.get(id)?.title ?? id, showNumber(metric.value)]],
    );
    return [textTable(["", "metric", only === head ? "head" : "base"], rows, 2)];
  }
  const reasons = comparison.reasons.map((reason) => `  ${plainText(reason)}`);
  if (comparison.status === "incomparable") return [paint("yellow", "  The two sides cannot be compared."), ...reasons];
  const worst = comparison.slices
    .flatMap(({ slice, rows, metrics }) => metrics.map((metric) => ({ slice, rows, metric })))
    .filter(({ metric }) => metric.verdict === "regressed" && metric.gated);
  const told = comparison.metrics.filter(
    ({ gated, verdict }) => gated || !["no-detectable-change", "underpowered"].includes(verdict),
  );
  return [
    ...reasons,
    textTable(
      ["", "metric", "base", "head", `change (${Math.round(comparison.level * 100)} % interval)`, ""],
      told.map((metric) => metricRow(metric, paint)),
      2,
    ),
    ...untold(comparison.metrics.length - told.length),
    `  on the same ${formatCount(comparison.holdout.common)} hold-out rows`,
    ...explanationLines(comparison, paint),
    ...capped(
      worst.map(
        ({ slice, rows, metric }) =>
          `  ${mark("fail", paint)} ${plainText(`${slice.column} = ${slice.value}`, 80)}: ${metric.title} ${showChange(metric.difference)} (${formatCount(rows)} rows)`,
      ),
    ),
  ];
}

function untold(count: number): string[] {
  if (count === 0) return [];
  return [`  and ${count} other ${count === 1 ? "metric" : "metrics"} without a detectable change`];
}

/** What the change came from, and slices that nobody asked about. */
function explanationLines({ attribution, discovery }: Comparison, paint: Paint): string[] {
  const parts = (attribution?.metrics ?? []).flatMap(({ title, total, data, experiment }) =>
    total === null || data === null || experiment === null
      ? []
      : [
          `  ${title} ${showChange(total)}: data ${showChange(data.difference)}, experiment ${showChange(experiment.difference)}`,
        ],
  );
  const slices = (discovery?.slices ?? []).map(({ conditions, rows, metric }) => {
    const where = conditions.map(({ column, value }) => plainText(`${column} = ${value}`, 80)).join(" and ");
    return `  ${mark("warn", paint)} worse where ${where}: ${metric.title} ${showChange(metric.difference)} (${formatCount(rows)} rows)`;
  });
  return [...parts, ...slices];
}

function metricRow(metric: MetricComparison, paint: Paint): string[] {
  const { verdict, gated, base, head, difference, interval } = metric;
  const sign = verdict === "regressed" ? (gated ? "fail" : "warn") : verdict === "improved" ? "better" : "same";
  return [
    mark(sign, paint),
    metric.title,
    showNumber(base),
    showNumber(head),
    interval === null ? showChange(difference) : `${showChange(difference)} ${showInterval(interval)}`,
    verdictWords(metric),
  ];
}

function verdictWords({ verdict, tolerance, gated, test, smallestDetectable, reason }: MetricComparison): string {
  switch (verdict) {
    case "improved":
      return `improved, ${test}`;
    case "regressed":
      return gated && tolerance > 0 ? `regressed beyond ${formatSetting(tolerance)}, ${test}` : `regressed, ${test}`;
    case "no-detectable-change":
      return smallestDetectable === null
        ? "no detectable change"
        : `no detectable change; ${showNumber(smallestDetectable)} would have shown`;
    case "underpowered":
      return smallestDetectable === null
        ? "too few rows to tell"
        : `too few rows to tell; only ${showNumber(smallestDetectable)} would have shown`;
    case "incomparable":
      return plainText(reason ?? "cannot be compared");
  }
}

function schemaLines({ schema }: ModelReview): string[] {
  if (schema === null) return [];
  const columns = [
    ...schema.removed.map((column) => `column ${column} is gone`),
    ...schema.renamed.map(({ from, to }) => `column ${from} is now called ${to}`),
    ...schema.retyped.map(({ column, from, to }) => `column ${column} was ${from} and is ${to}`),
    ...schema.added.map((column) => `column ${column} is new`),
    ...(schema.target?.removed ?? []).map((value) => `target value ${value} is gone`),
    ...(schema.target?.added ?? []).map((value) => `target value ${value} is new`),
  ];
  const { added, removed, changed = 0 } = schema.rows;
  const counts = `${formatCount(added)} rows added, ${formatCount(removed)} removed`;
  const rows =
    added + removed + changed === 0 ? [] : [changed === 0 ? counts : `${counts}, ${formatCount(changed)} changed`];
  const cells = (schema.cells ?? []).map(
    ({ column, changed }) => `column ${column} has ${formatCount(changed)} changed cells`,
  );
  const order = schema.resorted ? ["the rows are in another order"] : [];
  const format = (schema.format ?? []).map(({ what, from, to }) => `the ${what} was ${from} and is ${to}`);
  return capped([...columns, ...rows, ...cells, ...order, ...format].map((line) => `  data: ${plainText(line, 150)}`));
}

function driftLines(drift: DriftReport | null, paint: Paint): string[] {
  if (drift === null) return [];
  const drifted = drift.columns.filter(({ answer }) => answer === "drifted");
  const rule = plainText(drift.rule);
  return [
    `  drift: ${drift.answer === "drifted" ? paint("red", rule) : rule}`,
    ...capped(
      drifted.map(
        ({ column, statistic, effect, description }) =>
          `    ${plainText(column, 60)}: ${statistic} ${showNumber(effect)}, ${plainText(description, 150)}`,
      ),
    ),
  ];
}

function indent(text: string, width: number): string {
  return text.replace(/^/gm, " ".repeat(width));
}
