import { compareModels as compareEstimators } from "../../pipeline/compare-models/compare-models.ts";
import type { Outcome } from "../../pipeline/problem.ts";
import { answer } from "./answer.ts";
import { comparisonCsv, comparisonReport } from "./compare-models-report.ts";
import { progressLine } from "./progress-line.ts";
import { type ModelChoice, readModel } from "./read-model.ts";
import type { Format } from "./render.ts";
import { writeFiles } from "./write-files.ts";

export interface CompareModelsOptions extends ModelChoice {
  metric?: string;
  format: Format;
  output?: string;
}

/** `modelsync compare-models`: every estimator on one split, ranked. Answers the exit code. */
export async function compareModels(options: CompareModelsOptions): Promise<number> {
  return answer(await compare(options));
}

async function compare({ metric, output, format, ...choice }: CompareModelsOptions): Promise<Outcome<string>> {
  const read = await readModel(choice);
  if (!read.ok) return read;
  const { id } = read.value;
  using progress = progressLine();
  const compared = compareEstimators(read.value, {
    ...(metric === undefined ? {} : { metric }),
    onProgress: (step) => progress.update(id, step),
  });
  if (!compared.ok) return compared;
  const comparison = { ...compared.value, notes: [...read.notes, ...compared.value.notes] };
  const problems = await writeFiles(output, {
    "models.json": `${comparisonReport("json", id, comparison)}\n`,
    "models.csv": comparisonCsv(comparison),
    "models.md": `${comparisonReport("markdown", id, comparison)}\n`,
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: comparisonReport(format, id, comparison), notes: [] };
}
