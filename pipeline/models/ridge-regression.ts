import { z } from "zod";
import { checkSet, type Estimator } from "./estimator.ts";
import { leastSquares } from "./linear-regression/least-squares.ts";
import { asFittedModel, linearPredictor } from "./linear-regression/linear-predictor.ts";

const options = z.strictObject({
  alpha: z
    .number()
    .positive()
    .max(1e12)
    .default(1)
    .describe("Weight of the squared weights beside the summed squared errors; larger is simpler."),
});

/** Least squares with an L2 penalty on the weights, not on the intercept: ‖y − Xw‖² + alpha ‖w‖². */
export const ridgeRegression: Estimator<z.infer<typeof options>> = {
  type: "ridge-regression",
  title: "Ridge regression",
  docs: "Linear regression that keeps its weights small.",
  tasks: ["regression"],
  random: false,
  options,
  fit(set, { alpha }, { onProgress }) {
    checkSet(set);
    return asFittedModel({ type: "ridge-regression", ...leastSquares(set, alpha, onProgress) });
  },
  restore: (serialized) => asFittedModel(linearPredictor.parse(serialized)),
};
