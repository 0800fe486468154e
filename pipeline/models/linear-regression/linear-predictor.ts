import { z } from "zod";
import { checkColumns } from "../check-columns.ts";
import type { FittedModel } from "../estimator.ts";
import { fitSummary } from "../fit-summary.ts";
import { designOf } from "../logistic-regression/design-of.ts";

/** What a fitted linear model of a number is. */
export const linearPredictor = z.strictObject({
  type: z.enum(["linear-regression", "ridge-regression"]),
  columns: z.int().min(0),
  weights: z.array(z.number()),
  intercept: z.number(),
  fit: fitSummary,
});

export type LinearPredictor = z.infer<typeof linearPredictor>;

/** Makes the plain data a model that predicts. Throws when the weights do not fit the columns. */
export function asFittedModel(model: LinearPredictor): FittedModel {
  if (model.weights.length !== model.columns) throw new Error("the model's weights do not fit its columns");
  const weights = Float64Array.from([...model.weights, model.intercept]);
  return {
    fit: model.fit,
    toJSON: () => model,
    predictProbability(features) {
      checkColumns(features, model.columns);
      const predicted = new Float64Array(features.rows);
      designOf(features).multiply(weights, 1, predicted);
      return predicted;
    },
  };
}
