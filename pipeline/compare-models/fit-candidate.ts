import { toScored } from "../evaluate.ts";
import type { ModelOptions } from "../experiment/experiment.ts";
import type { Scored } from "../metrics/metric.ts";
import type { Matrix, TrainingSet } from "../models/estimator.ts";
import type { Outcome } from "../problem.ts";
import { train } from "../train.ts";

/** Rows whose answer is known, and on which a model is judged. */
export interface JudgedRows {
  features: Matrix;
  /** Class index, or the value. */
  actual: Int32Array | Float64Array;
  /** Index of the positive class of a binary task. */
  positive: number | null;
}

export interface FittedCandidate {
  /** What the model says about the judged rows. */
  scored: Scored;
  /** Wall-clock milliseconds of the fit. Not reproducible. */
  milliseconds: number;
}

/**
 * Fits one model and asks it about rows it has not seen. An estimator that refuses the set, or fails on it, is a
 * problem, so that the other candidates go on.
 */
export function fitCandidate(
  set: TrainingSet,
  judged: JudgedRows,
  model: ModelOptions,
  context: { seed: number; path: string },
): Outcome<FittedCandidate> {
  const start = performance.now();
  try {
    const trained = train(set, model, context);
    if (!trained.ok) return trained;
    const milliseconds = performance.now() - start;
    const output = trained.value.predictProbability(judged.features);
    const answers = { task: set.task, target: judged.actual, classes: set.classes };
    return {
      ok: true,
      value: { scored: toScored(answers, output, judged.positive), milliseconds },
      notes: trained.notes,
    };
  } catch (error) {
    return {
      ok: false,
      problems: [
        {
          code: "estimator-failed",
          where: { path: context.path, key: "model" },
          message: `The estimator failed: ${(error instanceof Error ? error.message : String(error)).slice(0, 200)}.`,
          written: model.type,
          remedy: "Use another estimator, and report this.",
        },
      ],
    };
  }
}
