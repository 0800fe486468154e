import type { styleText } from "node:util";
import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { DriftReport } from "../../pipeline/drift/drift-report.ts";
import type { ModelReview, Side } from "../../pipeline/review.ts";
import type { Facts } from "../facts/facts.ts";
import { formatCount, formatSetting } from "../report/format-number.ts";
import type { CheckOutcome, Verdict } from "../verdict/verdict.ts";
import { plainText } from "./plain-text.ts";
import { showChange, showInterval, showNumber } from "./show-number.ts";
import { showProblems } from "./show-problems.ts";
import { textTable } from "./text-table.ts";

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Rows of a table that are shown at most; the rest is counted. */
const mostRows = 10;

/** A verdict for a person at a terminal: the sentence first, then the numbers of each model, then every check. */
export function terminalReport(verdict: Verdict, facts: Facts, paint: Paint): string {
  const { base, head, mergeBase } = facts.pullRequest;
  const sections = [
    `${mark(verdict.conclusion === "pass" ? "pass" : "fail", paint)} ${paint("bold", `ModelSync: ${plainText(verdict.sentence.replaceAll("`", ""))}`)}\n` +
      `  Compared ${head.sha.slice(0, 7)} (${plainText(head.ref)}) with ${mergeBase.slice(0, 7)} (${plainText(base.ref)}).`,
    ...facts.models.map((model) => modelSection(model, paint)),
    policySection(facts),
    verdict.problems.length === 0 ? "" : showProblems(verdict.problems),
    verdict.outcomes.length === 0 ? "" : verdict.outcomes.map((outcome) => checkLines(outcome, paint)).join("\n"),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function modelSection(review: ModelReview, paint: Paint): string {
  const title = `${paint("bold", plainText(review.model))}  ${plainText(review.experimentPath)}`;
  const lines = [
    title,
    ...sideLines("base", review.base, paint),
    ...sideLines("head", review.head, paint),
    ...comparisonLines(review, paint),
    ...schemaLines(review),
    ...driftLines(review.drift, paint),
  ];
  return lines.join("\n");
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
    const only = head.state === "ran" ? head : base.state === "ran" ? base : null;
    if (only === null) return [];
    const rows = Object.entries(only.run.metrics).flatMap(([id, metric]) =>
      metric.value === null ? [] : [["", id, showNumber(metric.value)]],
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
    ...(told.length === comparison.metrics.length
      ? []
      : [`  and ${comparison.metrics.length - told.length} other metrics without a detectable change`]),
    `  on the same ${formatCount(comparison.holdout.common)} hold-out rows`,
    ...capped(
      worst.map(
        ({ slice, rows, metric }) =>
          `  ${mark("fail", paint)} ${plainText(`${slice.column} = ${slice.value}`, 80)}: ${metric.title} ${showChange(metric.difference)} (${formatCount(rows)} rows)`,
      ),
    ),
  ];
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
  const { added, removed } = schema.rows;
  const rows = added + removed === 0 ? [] : [`${formatCount(added)} rows added, ${formatCount(removed)} removed`];
  return capped([...columns, ...rows].map((line) => `  data: ${plainText(line, 150)}`));
}

function driftLines(drift: DriftReport | null, paint: Paint): string[] {
  if (drift === null) return [];
  const drifted = drift.columns.filter(({ answer }) => answer === "drifted");
  return [
    `  drift: ${drift.answer === "drifted" ? paint("red", "drifted") : drift.answer.replaceAll("-", " ")}, ${plainText(drift.rule)}`,
    ...capped(
      drifted.map(
        ({ column, statistic, effect, description }) =>
          `    ${plainText(column, 60)}: ${statistic} ${showNumber(effect)}, ${plainText(description, 150)}`,
      ),
    ),
  ];
}

function policySection({ policyChange }: Facts): string {
  if (policyChange.state === "removed") return "This change removes the policy. It was judged by the old one.";
  if (policyChange.state !== "changed") return "";
  const lines = capped(policyChange.preview.map((line) => `  ${plainText(line)}`));
  return ["This change edits the policy. It was judged by the old one. After the merge:", ...lines].join("\n");
}

function checkLines({ id, level, result }: CheckOutcome, paint: Paint): string {
  const bad = result.answer === "fail" || result.answer === "cannot-tell";
  const sign = bad ? (level === "block" ? "fail" : "warn") : result.answer === "pass" ? "pass" : "same";
  const lines = [`${mark(sign, paint)} ${paint("bold", id)}  ${plainText(result.summary)}`];
  if (bad) {
    for (const finding of capped(result.findings, (count) => ({ title: `and ${count} more`, remedy: "" }))) {
      lines.push(`    ${plainText(finding.title)}`);
      if (finding.remedy !== "") lines.push(`      ${paint("dim", plainText(finding.remedy))}`);
    }
  }
  return lines.join("\n");
}

const marks = {
  pass: ["green", "✓"],
  better: ["green", "✓"],
  fail: ["red", "✗"],
  warn: ["yellow", "!"],
  same: ["dim", "·"],
} as const;

function mark(sign: keyof typeof marks, paint: Paint): string {
  const [style, character] = marks[sign];
  return paint(style, character);
}

function capped<T>(rows: readonly T[], rest: (count: number) => T): T[];
function capped(rows: readonly string[]): string[];
function capped<T>(rows: readonly T[], rest?: (count: number) => T): T[] {
  if (rows.length <= mostRows) return [...rows];
  const more = rest ?? ((count: number) => `    and ${count} more` as T);
  return [...rows.slice(0, mostRows), more(rows.length - mostRows)];
}

function indent(text: string, width: number): string {
  return text.replace(/^/gm, " ".repeat(width));
}
