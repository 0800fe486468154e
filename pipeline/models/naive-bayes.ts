import { z } from "zod";
import { checkColumns } from "./check-columns.ts";
import { checkSet, type Estimator, type FittedModel } from "./estimator.ts";
import { exponentiate } from "./logistic-regression/loss.ts";

const options = z.strictObject({
  variance_smoothing: z
    .number()
    .min(1e-12)
    .max(1)
    .default(0.01)
    .describe("Share of the largest column variance that is added to every variance; one-hot columns need some."),
});

export const gaussians = z.strictObject({
  type: z.literal("naive-bayes"),
  columns: z.int().min(0),
  /** Training rows per class. */
  counts: z.array(z.number().min(0)).min(1),
  /** Row-major classes × columns. */
  means: z.array(z.number()),
  variances: z.array(z.number().positive()),
});

/** Lowest log likelihood that is told apart; keeps sums finite for rows far from every class. */
export const LEAST = -1e300;

/**
 * Gaussian naive Bayes: each class has its own mean and variance per column, columns count as independent
 * (scikit-learn's GaussianNB, with stronger smoothing by default because one-hot columns often have no variance).
 */
export const naiveBayes: Estimator<z.infer<typeof options>> = {
  type: "naive-bayes",
  title: "Gaussian naive Bayes",
  docs: "Compares each row with the mean and spread of every class, one column at a time; fast and hard to overfit.",
  tasks: ["binary", "multiclass"],
  random: false,
  options,
  fit(set, { variance_smoothing }) {
    checkSet(set);
    const { rows, columns, values } = set.features;
    const ones = new Int32Array(rows);
    const overall = momentsPerGroup(values, columns, ones, 1);
    const { counts, means, variances } = momentsPerGroup(values, columns, set.target, set.classes);
    const widest = overall.variances.reduce((most, variance) => Math.max(most, variance), 0);
    const smoothing = Math.max(variance_smoothing * (widest > 0 ? widest : 1), 1e-300);
    return asFittedModel({
      type: "naive-bayes",
      columns,
      counts: [...counts],
      means: [...means],
      variances: Array.from(variances, (variance) => variance + smoothing),
    });
  },
  restore: (serialized) => asFittedModel(gaussians.parse(serialized)),
};

/** Count, and per column mean and population variance, of each group of rows. */
function momentsPerGroup(values: Float64Array, columns: number, group: ArrayLike<number>, groups: number) {
  const counts = new Float64Array(groups);
  const means = new Float64Array(groups * columns);
  const variances = new Float64Array(groups * columns);
  for (let row = 0; row < group.length; row++) counts[group[row]!]!++;
  for (let row = 0; row < group.length; row++) {
    const base = group[row]! * columns;
    for (let j = 0; j < columns; j++) means[base + j]! += values[row * columns + j]! / counts[group[row]!]!;
  }
  for (let row = 0; row < group.length; row++) {
    const base = group[row]! * columns;
    for (let j = 0; j < columns; j++) {
      variances[base + j]! += (values[row * columns + j]! - means[base + j]!) ** 2 / counts[group[row]!]!;
    }
  }
  return { counts, means, variances };
}

function asFittedModel(model: z.infer<typeof gaussians>): FittedModel {
  const { columns } = model;
  const classes = model.counts.length;
  const means = Float64Array.from(model.means);
  const variances = Float64Array.from(model.variances);
  if (means.length !== classes * columns || variances.length !== means.length) {
    throw new Error("the model's means and variances do not fit its sizes");
  }
  const rows = model.counts.reduce((sum, count) => sum + count, 0);
  const constants = Float64Array.from(model.counts, (count, which) => {
    let sum = Math.log(count / rows);
    for (let j = 0; j < columns; j++) sum -= Math.log(2 * Math.PI * variances[which * columns + j]!) / 2;
    return sum;
  });
  return {
    fit: { iterations: 1, converged: true, objective: null },
    toJSON: () => model,
    predictProbability(features) {
      checkColumns(features, columns);
      const output = new Float64Array(features.rows * classes);
      for (let row = 0; row < features.rows; row++) {
        for (let which = 0; which < classes; which++) {
          let distance = 0;
          for (let j = 0; j < columns; j++) {
            const at = which * columns + j;
            distance += (features.values[row * columns + j]! - means[at]!) ** 2 / variances[at]!;
          }
          // A class without rows keeps minus infinity: its probability is exactly zero.
          output[row * classes + which] =
            model.counts[which] === 0 ? Number.NEGATIVE_INFINITY : Math.max(LEAST, constants[which]! - distance / 2);
        }
        const { sum } = exponentiate(output, row * classes, classes);
        for (let k = row * classes; k < (row + 1) * classes; k++) output[k]! /= sum;
      }
      return output;
    },
  };
}
