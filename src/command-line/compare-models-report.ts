import type { Candidate, Gap, ModelComparison } from "../../pipeline/compare-models/model-comparison.ts";
import { beatsBaseline } from "../../pipeline/compare-models/signal-metric.ts";
import { csvLine } from "../../pipeline/export/csv-line.ts";
import { formatCount } from "../../pipeline/words.ts";
import { escapeMarkdown } from "../report/escape-markdown.ts";
import { jsonAnswer } from "./json-answer.ts";
import { markdownTable } from "./markdown-table.ts";
import { plainText } from "./plain-text.ts";
import type { Format } from "./render.ts";
import { showChange, showInterval, showNumber } from "./show-number.ts";
import { noteLine } from "./show-problems.ts";
import { textTable } from "./text-table.ts";

/** Estimators side by side, in one of the formats. Without colors: it is a table to read, not a verdict. */
export function comparisonReport(format: Format, model: string, comparison: ModelComparison): string {
  if (format === "json") {
    return jsonAnswer("modelsync-models", { model, comparison });
  }
  const { header, rows } = table(comparison);
  const sentences = [signalSentence(comparison), reuseSentence(comparison), ...comparison.notes.map(noteLine)];
  if (format === "markdown") {
    return [
      `### ${escapeMarkdown(model)}: models compared`,
      escapeMarkdown(describe(comparison)),
      markdownTable(header, rows),
      ...sentences.map(escapeMarkdown),
    ].join("\n\n");
  }
  return [
    `${plainText(model, 80)}: ${describe(comparison)}`,
    textTable(header, rows, 2),
    ...sentences.map((sentence) => `  ${sentence}`),
  ].join("\n");
}

/** The same table for a spreadsheet, with every digit. */
export function comparisonCsv({ candidates, metric }: ModelComparison): string {
  const header = ["rank", "model", "type", "options", metric.id, "low", "high", "to_best", "to_best_low"];
  const more = ["to_best_high", "to_best_adjusted_p", "told_apart", "fit_milliseconds", "reason"];
  const lines = candidates.map((candidate) => {
    const { model, toBest, interval } = candidate;
    const { type, ...options } = model;
    return csvLine([
      candidate.rank ?? "",
      candidate.title,
      type,
      JSON.stringify(options),
      candidate.value ?? "",
      interval?.low ?? "",
      interval?.high ?? "",
      toBest?.difference ?? "",
      toBest?.interval?.low ?? "",
      toBest?.interval?.high ?? "",
      toBest?.adjustedP ?? "",
      toBest === null ? "" : String(toBest.toldApart),
      candidate.milliseconds ?? "",
      candidate.reason ?? "",
    ]);
  });
  return csvLine([...header, ...more]) + lines.join("");
}

function describe({ target, metric, rows, candidates }: ModelComparison): string {
  return `${candidates.length} models of ${plainText(target, 80)} by ${metric.title}, ${formatCount(rows.train)} training rows, ${formatCount(rows.holdout)} held out`;
}

function table({ candidates, metric, level }: ModelComparison) {
  const percent = `${Number((level * 100).toFixed(1))} %`;
  const header = ["", "model", metric.title, `${percent} interval`, "against the best", "", "fit"];
  return { header, rows: candidates.map((candidate) => rowOf(candidate)) };
}

function rowOf(candidate: Candidate): string[] {
  const { rank, title, value, interval, toBest, milliseconds, reason, own, notes } = candidate;
  const name = own && !title.endsWith(", as written") ? `${title}, as written` : title;
  const fit = milliseconds === null ? "" : `${formatCount(milliseconds)} ms`;
  if (value === null) return ["–", name, `none: ${plainText(reason ?? "no value", 200)}`, "", "", "", fit];
  const gap = toBest === null ? "" : gapText(toBest);
  const standing = rank === 1 ? "best" : toBest === null ? "" : toBest.toldApart ? "worse" : "not told apart";
  const slow = notes.some(({ code }) => code === "not-converged") ? `${fit}, not converged` : fit;
  return [String(rank), name, showNumber(value), interval === null ? "–" : showInterval(interval), gap, standing, slow];
}

function gapText({ difference, interval }: Gap): string {
  return interval === null ? showChange(difference) : `${showChange(difference)} ${showInterval(interval)}`;
}

function signalSentence({ candidates, signal, signalMetric }: ModelComparison): string {
  if (signal === null) {
    return "Whether there is a signal could not be tested: no model could be compared with the baseline.";
  }
  if (!signal) {
    return `No signal: no model is told apart from the baseline, which ignores the features, in ${signalMetric.title}.`;
  }
  const found = candidates.find(({ toBaseline }) => beatsBaseline(toBaseline, signalMetric));
  const gap = found?.toBaseline ?? null;
  const by =
    gap === null ? "" : ` ${found!.title} differs from the baseline by ${gapText(gap)} in ${signalMetric.title}.`;
  return `Signal: the features say something about the target.${by}`;
}

function reuseSentence({ rows }: ModelComparison): string {
  return `The ${formatCount(rows.holdout)} hold-out rows did the ranking, so the best value is a little too good, and more so each time choices are made by it. To choose options use modelsync tune, which does not look at them.`;
}
