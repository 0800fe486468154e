import { isDeepStrictEqual } from "node:util";
import { metrics } from "../../pipeline/metrics/registry.ts";
import type { ModelReview, Side } from "../../pipeline/review/model-review.ts";
import { formatCount } from "../../pipeline/words.ts";
import type { ReviewedModel } from "../facts/model-state.ts";
import { driftNews } from "../facts/moved-columns.ts";
import { plainText } from "./plain-text.ts";
import { showNumber } from "./show-number.ts";
import { showNote, showProblems } from "./show-problems.ts";
import { comparisonLines, type TerminalLevels } from "./terminal-comparison.ts";
import { capped, type Paint } from "./terminal-parts.ts";
import { textTable } from "./text-table.ts";

/** What happened to one model: both sides, the metrics that are gated or changed, the data. */
export function modelSection(model: ReviewedModel, review: ModelReview, levels: TerminalLevels, paint: Paint): string {
  const { comparison } = review;
  const title = `${paint("bold", plainText(review.model))}  ${plainText(review.experimentPath)}`;
  const lines = [
    title,
    ...bothSides(review, paint),
    ...(comparison === null ? singleSideLines(review) : comparisonLines(model, comparison, levels, paint)),
    ...schemaLines(review),
    ...driftLines(review, paint),
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
    return [`  ${name}: ${paint("red", "could not be run")}`, showProblems(side.problems).replace(/^/gm, "    ")];
  }
  const { rows, lineage } = side.run;
  const cached = side.cached ? ", from cache" : "";
  return [
    `  ${name}: ${formatCount(rows.total)} rows, ${formatCount(rows.holdout)} held out, ${plainText(lineage.estimator)}${cached}`,
    ...side.run.notes.map((note) => `    note: ${showNote(note)}`),
  ];
}

/** What one side alone measured. Beside a side that failed, the numbers of the other one are no answer to anything. */
function singleSideLines({ base, head }: ModelReview): string[] {
  if (base.state === "problems" || head.state === "problems") return [];
  const only = head.state === "ran" ? head : base.state === "ran" ? base : null;
  if (only === null) return [];
  const rows = Object.entries(only.run.metrics).flatMap(([id, metric]) =>
    metric.value === null ? [] : [["", plainText(metrics.get(id)?.title ?? id), showNumber(metric.value)]],
  );
  return [textTable(["", "metric", only === head ? "head" : "base"], rows, 2)];
}

function schemaLines({ schema }: ModelReview): string[] {
  if (schema === null) return [];
  const columns = [
    ...schema.removed.map((column) => `column ${column} is gone`),
    ...schema.renamed.map(({ from, to }) => `column ${from} is now called ${to}`),
    ...(schema.moved ?? []).map(({ from, to }) => `the values of column ${from} are now in ${to}`),
    ...schema.retyped.map(({ column, from, to }) => `column ${column} was ${from} and is ${to}`),
    ...schema.added.map((column) => `column ${column} is new`),
    ...(schema.target?.removed ?? []).map((value) => `target value ${value} is gone`),
    ...(schema.target?.added ?? []).map((value) => `target value ${value} is new`),
  ];
  const { added, removed, changed = 0 } = schema.rows;
  const counts = `${formatCount(added)} ${added === 1 ? "row" : "rows"} added, ${formatCount(removed)} removed`;
  const rows =
    added + removed + changed === 0 ? [] : [changed === 0 ? counts : `${counts}, ${formatCount(changed)} changed`];
  const cells = (schema.cells ?? []).map(
    ({ column, changed }) => `column ${column} has ${formatCount(changed)} changed ${changed === 1 ? "cell" : "cells"}`,
  );
  const rewritten = (schema.rewritten ?? []).map(
    ({ column, spelling }) =>
      `column ${column} was written anew in rows that are otherwise the same${spelling === undefined ? "" : `: ${spelling}`}`,
  );
  const order = schema.resorted ? ["the rows are in another order"] : [];
  const format = (schema.format ?? []).map(({ what, from, to }) => `the ${what} was ${from} and is ${to}`);
  return capped(
    [...columns, ...rows, ...cells, ...rewritten, ...order, ...format].map((line) => `  data: ${plainText(line, 150)}`),
  );
}

function driftLines(review: ModelReview, paint: Paint): string[] {
  if (review.drift === null) return [];
  const { drifted, joint } = driftNews(review);
  const rule = plainText(review.drift.rule);
  return [
    `  drift: ${review.drift.answer === "drifted" ? paint("red", rule) : rule}`,
    ...(joint === null ? [] : [`    all columns together: ${plainText(joint, 150)}`]),
    ...capped(
      drifted.map(
        ({ column, statistic, effect, description }) =>
          `    ${plainText(column, 60)}: ${plainText(statistic)} ${showNumber(effect)}, ${plainText(description, 150)}`,
      ),
    ),
  ];
}
