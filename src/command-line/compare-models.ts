import { compareModels as compareEstimators } from "../../pipeline/compare-models/compare-models.ts";
import type { ModelComparison } from "../../pipeline/compare-models/model-comparison.ts";
import type { Outcome } from "../../pipeline/problem.ts";
import { comparisonCsv, comparisonReport } from "./compare-models-report.ts";
import { exitCodes } from "./exit-codes.ts";
import { print, tell } from "./print.ts";
import { progressLine } from "./progress-line.ts";
import { type ModelChoice, readModel } from "./read-model.ts";
import type { Format } from "./render.ts";
import { showProblems } from "./show-problems.ts";
import { writeFiles } from "./write-files.ts";

export interface CompareModelsOptions extends ModelChoice {
  metric?: string;
  format: Format;
  output?: string;
}

/** `modelsync compare-models`: every estimator on one split, ranked. Answers the exit code. */
export async function compareModels(options: CompareModelsOptions): Promise<number> {
  const compared = await compare(options);
  if (!compared.ok) {
    tell(showProblems(compared.problems));
    return exitCodes.cannotEvaluate;
  }
  const { id, comparison } = compared.value;
  if (options.output !== undefined) {
    const problem = await writeFiles(options.output, {
      "models.json": `${comparisonReport("json", id, comparison)}\n`,
      "models.csv": comparisonCsv(comparison),
      "models.md": `${comparisonReport("markdown", id, comparison)}\n`,
    });
    if (problem !== null) {
      tell(showProblems([problem]));
      return exitCodes.cannotEvaluate;
    }
  }
  print(comparisonReport(options.format, id, comparison));
  return exitCodes.pass;
}

async function compare(options: CompareModelsOptions): Promise<Outcome<{ id: string; comparison: ModelComparison }>> {
  const read = await readModel(options);
  if (!read.ok) return read;
  const { id } = read.value;
  const progress = progressLine();
  const compared = compareEstimators(read.value, {
    ...(options.metric === undefined ? {} : { metric: options.metric }),
    onProgress: (step) => progress.update(id, step),
  });
  progress.clear();
  if (!compared.ok) return compared;
  const notes = [...read.notes, ...compared.value.notes];
  return { ok: true, value: { id, comparison: { ...compared.value, notes } }, notes: [] };
}
