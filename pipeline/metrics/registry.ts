import { accuracy } from "./accuracy.ts";
import { averagePrecision } from "./average-precision.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { brierScore } from "./brier-score.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { f1 } from "./f1.ts";
import { f1Macro } from "./f1-macro.ts";
import { logLoss } from "./log-loss.ts";
import { matthewsCorrcoef } from "./matthews-corrcoef.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.ts";
import { meanPinballLoss10, meanPinballLoss90 } from "./mean-pinball-loss.ts";
import { medianAbsoluteError } from "./median-absolute-error.ts";
import type { Metric, Task } from "./metric.ts";
import { precision } from "./precision.ts";
import { precisionMacro } from "./precision-macro.ts";
import { r2 } from "./r2.ts";
import { recall } from "./recall.ts";
import { recallMacro } from "./recall-macro.ts";
import { rocAuc } from "./roc-auc.ts";
import { rootMeanSquaredError } from "./root-mean-squared-error.ts";

/** Every metric by id, in the order in which they are shown. */
export const metrics: ReadonlyMap<string, Metric> = new Map(
  [
    accuracy,
    balancedAccuracy,
    precision,
    recall,
    f1,
    precisionMacro,
    recallMacro,
    f1Macro,
    rocAuc,
    averagePrecision,
    logLoss,
    brierScore,
    expectedCalibrationError,
    matthewsCorrcoef,
    meanAbsoluteError,
    rootMeanSquaredError,
    medianAbsoluteError,
    meanAbsolutePercentageError,
    meanPinballLoss10,
    meanPinballLoss90,
    r2,
  ].map((metric) => [metric.id, metric]),
);

/** The metrics that are defined for a task, in display order. */
export function metricsFor(task: Task): Metric[] {
  return [...metrics.values()].filter((metric) => metric.tasks.includes(task));
}
