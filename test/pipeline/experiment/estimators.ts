import { z } from "zod";
import type { EstimatorOptions } from "../../../pipeline/experiment/parse-experiment.ts";

/** Two made-up estimators, so that these tests do not change when an estimator does. */
export const estimators = new Map([
  ["logistic-regression", { options: z.strictObject({ c: z.number().gt(0).default(1) }) }],
  ["tree", { options: z.strictObject({ depth: z.int().min(1).default(4) }) }],
]) as EstimatorOptions;
