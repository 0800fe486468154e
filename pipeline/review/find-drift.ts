import { detectDrift } from "../drift/detect-drift.ts";
import { detectMultivariateDrift } from "../drift/detect-multivariate-drift.ts";
import type { DriftReport, MultivariateDrift } from "../drift/drift-report.ts";
import type { Match } from "../match/match.ts";
import { rowsWithout } from "../match/rows-without.ts";
import type { Estimator } from "../models/estimator.ts";
import { gradientBoosting } from "../models/gradient-boosting.ts";
import type { Run } from "../run.ts";
import type { Column, Table } from "../table/table.ts";
import { takeRows } from "../table/take-rows.ts";
import { formatCount } from "../words.ts";
import type { ReviewJob } from "./model-review.ts";
import { type ReadSides, readsTheSame } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";

/**
 * How the head's data is distributed differently from the base's, or from a pinned reference; null when a side could not
 * be read.
 *
 * The same data on both sides is stable without a test. Features are those that either side learns from; without runs,
 * every column but the target. What the models predict is compared on each side's own hold-out. A classifier looks at the
 * features together; what it finds is told beside the columns and does not decide about the data set.
 */
export function findDrift(job: ReviewJob, sides: ReadSides, match: Match | null, runs: SideRuns): DriftReport | null {
  const { base, head, reference } = sides;
  if (!head?.read.ok) return null;
  if (reference?.read.ok === false) {
    const why = reference.read.problems.map(({ message }) => message).join(" ");
    return {
      answer: "not-comparable",
      rule: `the reference ${reference.path} cannot be read: ${why}`,
      columns: [],
      reference: reference.path,
    };
  }
  if (!reference && base !== null && readsTheSame(base.revision, head.revision)) {
    return { answer: "stable", rule: "the data is the same file on both sides", columns: [] };
  }
  const before = reference?.read.ok ? reference.read.value.table : base?.read.ok ? base.read.value.table : null;
  if (before === null) return null;
  const whole = head.read.value.table;
  const after = job.drift.current === "added" && match !== null ? addedRows(whole, match) : whole;
  const few = after === whole ? null : tooFewAdded(after.rowCount, job.drift.minimumRows);
  if (few !== null) return few;
  const { target } = head.revision.experiment;
  const used = [runs.base?.run, runs.head?.run].flatMap((run) => (run ? run.features.map(({ name }) => name) : []));
  const features = used.length > 0 ? [...new Set(used)] : after.columns.map(({ name }) => name);
  const predictions = predictionColumns(runs);
  const report = detectDrift(before, after, {
    ...job.drift,
    target,
    features,
    ...(predictions === null ? {} : { predictions }),
  });
  const multivariate = driftOfAll(job, before, after, features, head.revision.experiment.split.seed);
  const answer = { ...report, multivariate };
  if (!reference) return answer;
  return { ...answer, rule: `against the reference ${reference.path}: ${report.rule}`, reference: reference.path };
}

/** The rows that the base does not have: a changed row counts as a new one, a moved one does not. */
function addedRows(head: Table, { unchanged }: Match): Table {
  return takeRows(head, rowsWithout(head.rowCount, unchanged.head));
}

/** Few new rows say nothing about drift, and none cannot have drifted. */
function tooFewAdded(rows: number, needed: number): DriftReport | null {
  if (rows >= needed) return null;
  if (rows === 0) return { answer: "stable", rule: "no row was added", columns: [] };
  const counted = rows === 1 ? "only 1 row was added" : `only ${formatCount(rows)} rows were added`;
  return { answer: "not-enough-data", rule: `${counted}; ${formatCount(needed)} are needed`, columns: [] };
}

/** Small trees, so that the answer costs a fraction of a run; deeper ones tell rows apart hardly better. */
const classifierOptions = { max_depth: 3, max_iterations: 30 };

function driftOfAll(
  { drift, level }: ReviewJob,
  base: Table,
  head: Table,
  features: string[],
  seed: number,
): MultivariateDrift {
  return detectMultivariateDrift(base, head, {
    features: features.filter((name) => !drift.exclude.includes(name)),
    estimator: gradientBoosting as Estimator,
    estimatorOptions: classifierOptions,
    seed,
    minimumRows: drift.minimumRows,
    level,
  });
}

/** What both models say about their hold-outs, in a form that can be compared; null when it cannot. */
function predictionColumns({ base, head }: SideRuns): { base: Column; head: Column } | null {
  if (!base?.run || !head?.run || base.run.task !== head.run.task || base.run.positive !== head.run.positive)
    return null;
  return { base: predictionColumn(base.run), head: predictionColumn(head.run) };
}

function predictionColumn({ task, classes, positive, holdout }: Run): Column {
  if (task === "multiclass") {
    return {
      name: "predicted class",
      type: "categorical",
      codes: Int32Array.from(holdout.predicted),
      categories: classes,
    };
  }
  if (task === "regression") {
    return { name: "prediction", type: "numeric", values: Float64Array.from(holdout.predicted) };
  }
  const which = positive === null ? 1 : classes.indexOf(positive);
  const values = Float64Array.from(holdout.rows, (_, row) => holdout.probabilities[row * classes.length + which]!);
  return { name: `probability of ${positive ?? classes[1]}`, type: "numeric", values };
}
