/**
 * The pipeline as a library: experiment and data in, runs, comparisons, drift and predictions out. It knows nothing of
 * GitHub, starts no process, and reads no file but the ones it is given.
 */
export { compareRuns } from "./compare/compare-runs.ts";
export type { Comparison, MetricComparison, MetricVerdict, Slice, SliceComparison } from "./compare/comparison.ts";
export { commonYardstick, type Yardstick } from "./compare/yardstick.ts";
export { detectDrift } from "./drift/detect-drift.ts";
export type { ColumnDrift, DriftOptions, DriftReport } from "./drift/drift-report.ts";
export { engineVersion } from "./engine-version.ts";
export type { Experiment } from "./experiment/experiment.ts";
export { parseExperiment } from "./experiment/parse-experiment.ts";
export { writeRun } from "./export/write-run.ts";
export { diffSchema } from "./match/diff-schema.ts";
export type { Match } from "./match/match.ts";
export { matchTables } from "./match/match-tables.ts";
export { holdoutOfBase } from "./match/membership.ts";
export type { SchemaDiff } from "./match/schema-diff.ts";
export type { Metric, MetricValue } from "./metrics/metric.ts";
export { metrics } from "./metrics/registry.ts";
export type { Estimator } from "./models/estimator.ts";
export { parseModelFile } from "./models/parse-model-file.ts";
export { estimators } from "./models/registry.ts";
export { toOnnx } from "./onnx/to-onnx.ts";
export { type Prediction, predict } from "./predict.ts";
export type { Outcome, Problem } from "./problem.ts";
export { type ReadTable, readTable } from "./read/read-table.ts";
export type { ModelReview, ReviewJob } from "./review/model-review.ts";
export { reviewModel } from "./review/review-model.ts";
export { type ModelFile, type Run, type RunSummary, runExperiment } from "./run.ts";
export type { ColumnProfile, DataProfile } from "./table/profile.ts";
export type { Column, Table } from "./table/table.ts";
