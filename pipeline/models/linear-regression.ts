import { z } from "zod";
import { checkSet, type Estimator } from "./estimator.ts";
import { leastSquares } from "./linear-regression/least-squares.ts";
import { asFittedModel, linearPredictor } from "./linear-regression/linear-predictor.ts";

const options = z.strictObject({});

/** Ordinary least squares; of several solutions the one with the smallest weights, as in scikit-learn. */
export const linearRegression: Estimator<z.infer<typeof options>> = {
  type: "linear-regression",
  title: "Linear regression",
  docs: "A weighted sum of the features, fitted by least squares.",
  tasks: ["regression"],
  random: false,
  options,
  fit(set, _, { onProgress }) {
    checkSet(set);
    return asFittedModel({ type: "linear-regression", ...leastSquares(set, 0, onProgress) });
  },
  restore: (serialized) => asFittedModel(linearPredictor.parse(serialized)),
};
