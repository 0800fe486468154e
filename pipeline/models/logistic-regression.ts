import { z } from "zod";
import { checkSet, type Estimator } from "./estimator.ts";
import { asFittedModel, linearClassifier } from "./logistic-regression/linear-classifier.ts";
import { penalizedProblem } from "./logistic-regression/penalized-problem.ts";
import { refuseTooMuch } from "./logistic-regression/refuse-too-much.ts";
import { reportConvergence } from "./logistic-regression/report-convergence.ts";
import { solveByGradientDescent } from "./logistic-regression/solve-by-gradient-descent.ts";
import { solveByLbfgs } from "./logistic-regression/solve-by-lbfgs.ts";

const options = z.strictObject({
  // A penalty of more than this is no other model, but lies beyond what the solvers can weigh against the loss.
  c: z.number().min(1e-9).max(1e12).default(1).describe("Inverse strength of the L2 penalty; smaller is simpler."),
  solver: z
    .enum(["lbfgs", "gradient-descent"])
    .default("lbfgs")
    .describe("lbfgs is the default; gradient-descent trains with the ml-logistic-regression package."),
  max_iterations: z.int().min(1).max(100_000).default(1000).describe("The fit stops here, converged or not."),
  tolerance: z
    .number()
    .positive()
    .max(1)
    .default(1e-5)
    .describe("The fit has converged when no component of the mean loss's gradient exceeds this."),
  class_weight: z
    .enum(["balanced"])
    .nullable()
    .default(null)
    .describe("balanced weighs each class by the inverse of its share of the training rows."),
});

export type LogisticRegressionOptions = z.infer<typeof options>;

/**
 * Logistic regression with an L2 penalty, as scikit-learn defines it: minimize ‖w‖² / 2C + Σ loss, intercepts free.
 * Two classes share one logit; more classes use softmax.
 */
export const logisticRegression: Estimator<LogisticRegressionOptions> = {
  type: "logistic-regression",
  title: "Logistic regression",
  docs: "A linear model of the log odds with an L2 penalty, for two or more classes.",
  tasks: ["binary", "multiclass"],
  random: false,
  options,
  refuse: refuseTooMuch,
  fit(set, chosen, { onProgress }) {
    checkSet(set);
    const problem = penalizedProblem(set, chosen.c, chosen.class_weight);
    const solve = chosen.solver === "lbfgs" ? solveByLbfgs : solveByGradientDescent;
    const model = solve(problem, {
      tolerance: chosen.tolerance,
      maxIterations: chosen.max_iterations,
      onIteration: reportConvergence(chosen.tolerance, onProgress),
    });
    onProgress?.(1);
    return asFittedModel(model);
  },
  restore: (serialized) => asFittedModel(linearClassifier.parse(serialized)),
};
