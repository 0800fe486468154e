import type { Matrix } from "../estimator.ts";
import { denseDesign } from "./dense-design.ts";
import type { Design } from "./design.ts";
import { sparseDesign } from "./sparse-design.ts";

/** Below this share of nonzero values the compressed form is faster (one-hot columns are mostly zeros). */
const SPARSE_BELOW = 0.4;

/** Chooses the faster form for the data. Both add in the same order, column by column within a row. */
export function designOf(features: Matrix): Design {
  let nonzero = 0;
  for (let i = 0; i < features.values.length; i++) if (features.values[i] !== 0) nonzero++;
  return nonzero < SPARSE_BELOW * features.values.length ? sparseDesign(features, nonzero) : denseDesign(features);
}
