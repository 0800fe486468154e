import { z } from "zod";
import { checkColumns } from "./check-columns.ts";
import { checkSet, type Estimator, type FittedModel } from "./estimator.ts";

const options = z.strictObject({});

export const constantModel = z.strictObject({
  type: z.literal("baseline"),
  columns: z.int().min(0),
  /** One probability per class, or the one value that is predicted. */
  output: z.array(z.number()).min(1),
});

/**
 * Says the same for every row: the shares of the classes in training, so that the majority class wins, or the mean of
 * the target. What any other model should beat.
 */
export const baseline: Estimator<z.infer<typeof options>> = {
  type: "baseline",
  title: "Baseline",
  docs: "Ignores the features and predicts the majority class, or the mean: what any other model should beat.",
  tasks: ["binary", "multiclass", "regression"],
  random: false,
  options,
  fit(set) {
    checkSet(set);
    const output = new Float64Array(Math.max(set.classes, 1));
    for (const value of set.target) {
      if (set.classes === 0) output[0]! += value / set.target.length;
      else output[value]!++;
    }
    const scale = set.classes === 0 ? 1 : set.target.length;
    return asFittedModel({
      type: "baseline",
      columns: set.features.columns,
      output: Array.from(output, (sum) => sum / scale),
    });
  },
  restore: (serialized) => asFittedModel(constantModel.parse(serialized)),
};

function asFittedModel(model: z.infer<typeof constantModel>): FittedModel {
  const { output } = model;
  return {
    fit: { iterations: 0, converged: true, objective: null },
    toJSON: () => model,
    predictProbability(features) {
      checkColumns(features, model.columns);
      return Float64Array.from({ length: features.rows * output.length }, (_, i) => output[i % output.length]!);
    },
  };
}
