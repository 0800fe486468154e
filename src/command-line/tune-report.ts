import { csvLine } from "../../pipeline/export/csv-line.ts";
import type { Tuning } from "../../pipeline/tune/tuning.ts";
import { formatCount } from "../../pipeline/words.ts";
import { escapeMarkdown } from "../report/escape-markdown.ts";
import { jsonAnswer } from "./json-answer.ts";
import { markdownTable } from "./markdown-table.ts";
import { modelBlock } from "./model-block.ts";
import { plainText } from "./plain-text.ts";
import type { Format } from "./render.ts";
import { showChange, showInterval, showNumber } from "./show-number.ts";
import { noteLine } from "./show-problems.ts";
import { textTable } from "./text-table.ts";

type Trial = Tuning["trials"][number];

const mostShown = 10;

/** What a search found, in one of the formats; text ends with the block to paste into the experiment file. */
export function tuningReport(format: Format, model: string, tuning: Tuning): string {
  if (format === "json") return jsonAnswer("modelsync-tuning", { model, tuning });
  const trials = bestTrials(tuning);
  const final = finalTable(tuning);
  const block = modelBlock(tuning.best.model);
  const notes = tuning.notes.map(noteLine);
  if (format === "markdown") {
    return [
      `### ${escapeMarkdown(model)}: ${tuning.estimator} tuned`,
      escapeMarkdown(describe(tuning)),
      markdownTable(trials.header, trials.rows),
      escapeMarkdown(searchSentence(tuning)),
      escapeMarkdown(holdoutSentence(tuning)),
      markdownTable(final.header, final.rows),
      escapeMarkdown(answerSentence(tuning)),
      ...notes.map(escapeMarkdown),
      `\`\`\`yaml\n${block}\n\`\`\``,
    ].join("\n\n");
  }
  return [
    `${plainText(model, 80)}: ${describe(tuning)}`,
    textTable(trials.header, trials.rows, 2),
    `  ${searchSentence(tuning)}`,
    holdoutSentence(tuning),
    textTable(final.header, final.rows, 2),
    `  ${answerSentence(tuning)}`,
    ...notes.map((note) => `  ${note}`),
    "",
    block,
  ].join("\n");
}

/** Every trial for a spreadsheet, with every digit. */
export function trialsCsv({ trials, space, metric, folds }: Tuning): string {
  const names = space.map(({ name }) => name);
  const perFold = Array.from({ length: folds }, (_, which) => `fold_${which + 1}`);
  const header = ["trial", "share", metric.id, "standard_error", ...perFold, ...names, "reason"];
  const lines = trials.map((trial) =>
    csvLine([
      trial.trial,
      trial.share,
      trial.score ?? "",
      trial.standardError ?? "",
      ...trial.folds.map((value) => value ?? ""),
      ...names.map((name) => cell(trial.model[name])),
      trial.reason ?? "",
    ]),
  );
  return csvLine(header) + lines.join("");
}

function cell(value: unknown): string | number {
  return typeof value === "number" ? value : String(value);
}

function describe({ target, estimator, metric, rows, folds, seed, search }: Tuning): string {
  return `${estimator} of ${plainText(target, 80)} tuned for ${metric.title}, ${search} search with seed ${seed}, ${folds} folds of ${formatCount(rows.train)} training rows`;
}

/** The best of those that were judged on the most rows, and the start wherever it stands. */
function bestTrials({ trials, best, metric, space }: Tuning) {
  const gain = ({ score }: Trial) =>
    score === null ? Number.NEGATIVE_INFINITY : metric.direction === "higher" ? score : -score;
  const compared = trials.filter(({ share }) => share === best.share);
  const ranked = compared.toSorted((a, b) => (gain(a) === gain(b) ? a.trial - b.trial : gain(b) - gain(a)));
  const shown = ranked.filter(({ trial }, at) => at < mostShown || trial === 0);
  const names = space.map(({ name }) => name);
  return {
    header: ["trial", `${metric.title}, cross-validated`, ...names, ""],
    rows: shown.map((trial) => [
      String(trial.trial),
      trial.score === null ? "none" : `${showNumber(trial.score)} ± ${showNumber(trial.standardError)}`,
      ...names.map((name) => String(trial.model[name])),
      [
        ...(trial.trial === best.trial ? ["best"] : []),
        ...(trial.trial === 0 ? ["start"] : []),
        ...(trial.reason === null ? [] : [plainText(trial.reason, 120)]),
      ].join(", "),
    ]),
  };
}

function searchSentence({ trials, stopped, budget, best }: Tuning): string {
  const full = trials.filter(({ share }) => share === 1).length;
  const distinct = new Set(trials.map(({ trial }) => trial)).size;
  const rounds = full === trials.length ? "" : `, ${full} of them on all training rows`;
  const cut = stopped === "seconds" ? ` The time of ${formatCount(budget.seconds)} seconds ran out first.` : "";
  const share = best.share < 1 ? " No trial was judged on all training rows, so the best is uncertain." : "";
  return `${formatCount(distinct)} trials${rounds}; ± is the standard error over folds. The best of many is a little too good.${cut}${share}`;
}

function holdoutSentence({ rows, written, estimator }: Tuning): string {
  const own = written.type === estimator ? "the model as written" : `the experiment's ${plainText(written.type)}`;
  return `On the ${formatCount(rows.holdout)} hold-out rows, looked at once, beside ${own}:`;
}

function finalTable({ final, metric }: Tuning) {
  const first = final.metrics.filter((one) => one.metric === metric.id);
  const others = final.metrics.filter((one) => one.metric !== metric.id);
  return {
    header: ["metric", "as written", "tuned", "change, 95 % interval"],
    rows: [...first, ...others].map(({ title, written, tuned, difference, interval, reason }) => {
      const change = interval === null ? showChange(difference) : `${showChange(difference)} ${showInterval(interval)}`;
      const why = reason === null ? "" : `: ${plainText(reason, 120)}`;
      return [title, showNumber(written), showNumber(tuned), change + why];
    }),
  };
}

function answerSentence({ final, metric }: Tuning): string {
  const sentence = {
    better: `The tuned model is better in ${metric.title}.`,
    worse: `The tuned model is worse in ${metric.title}: keep the model as written.`,
    "no detectable difference": `No detectable difference in ${metric.title}: these rows cannot tell the two apart.`,
    unknown: `Whether the tuned model is better in ${metric.title} could not be tested.`,
    "as written": "No trial was better than the model as written, so it stays.",
  }[final.answer];
  return [sentence, ...final.reasons.map((reason) => plainText(reason))].join(" ");
}
