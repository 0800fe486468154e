import { decide } from "./evaluate.ts";
import type { FittedModel } from "./models/estimator.ts";
import { estimators } from "./models/registry.ts";
import { applyPreprocessor } from "./preprocess/apply-preprocessor.ts";
import { encodedWidth } from "./preprocess/encoded-width.ts";
import type { Outcome } from "./problem.ts";
import type { ModelFile } from "./run.ts";
import type { Table } from "./table/table.ts";

/** What a saved model says about the rows of a table, in their order. */
export interface Prediction {
  /** Empty for regression. */
  classes: string[];
  /** Row-major rows × classes, rows sum to 1; empty for regression. */
  probabilities: Float64Array;
  /** Class index per row, or the predicted value. */
  predicted: Int32Array | Float64Array;
}

/**
 * Predicts every row of a table with a saved model: restore the estimator, encode the rows as its training rows were,
 * ask it. The target column is not needed.
 *
 * @param paths of the model file and the data file, for problems
 */
export function predict(
  model: ModelFile,
  table: Pick<Table, "columns" | "rowCount">,
  paths: { model: string; data: string },
): Outcome<Prediction> {
  const restored = restoreEstimator(model, paths.model);
  if (!restored.ok) return restored;

  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const encoded = applyPreprocessor(table, rows, model.preprocessor, paths.data);
  if (!encoded.ok) return encoded;

  const output = restored.value.predictProbability(encoded.value);
  const regression = model.task === "regression";
  return {
    ok: true,
    notes: encoded.notes,
    value: {
      classes: model.classes,
      probabilities: regression ? new Float64Array(0) : output,
      predicted: decide(model.task, output, model.classes.length),
    },
  };
}

/** Restores the estimator and asks it about one row, so that a file whose parts do not fit is found here. */
function restoreEstimator(model: ModelFile, path: string): Outcome<FittedModel> {
  const outputs = model.task === "regression" ? 1 : model.classes.length;
  const columns = encodedWidth(model.preprocessor);
  try {
    const fitted = estimators.get(model.estimator.type)!.restore(model.estimator);
    const probe = fitted.predictProbability({ rows: 1, columns, values: new Float64Array(columns) });
    if (probe.length !== outputs) throw new Error(`it gives ${probe.length} numbers per row, not ${outputs}`);
    return { ok: true, value: fitted, notes: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [
        {
          code: "invalid-model-file",
          where: { path, key: "estimator" },
          message: "The model cannot be restored from this file.",
          written: reason.slice(0, 200),
          remedy: "Use a file that modelsync run --output wrote with this version.",
        },
      ],
    };
  }
}
