import { isDeepStrictEqual } from "node:util";
import { holdoutDigest } from "../compare/holdout-digest.ts";
import { measureMetrics } from "../compare/measure-metric.ts";
import { fitCandidate } from "../compare-models/fit-candidate.ts";
import { pairScores } from "../compare-models/paired-scores.ts";
import type { ModelOptions } from "../experiment/experiment.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricsFor } from "../metrics/registry.ts";
import type { Prepared } from "../preprocess/preprocess.ts";
import type { FinalMetric, Tuning } from "./tuning.ts";

const level = 0.95;
const resamples = 2000;

/**
 * The one look at the hold-out: the model as written and the tuned one, both trained on all training rows. Differences
 * are paired, with 95 % intervals. Metrics other than the one tuned for are for information; no correction is made.
 */
export function judgeFinal(
  prepared: Prepared,
  models: { written: ModelOptions; tuned: ModelOptions },
  metric: Metric,
  context: { seed: number; path: string; groups?: Int32Array | undefined },
): Tuning["final"] {
  const { train, holdout, classes, positive } = prepared;
  const judged = {
    features: holdout.features,
    actual: holdout.actual,
    positive: positive === null ? null : classes.indexOf(positive),
  };
  const same = isDeepStrictEqual(models.written, models.tuned);
  const written = fitCandidate(train, judged, models.written, context);
  const tuned = same ? written : fitCandidate(train, judged, models.tuned, context);
  const digest = holdoutDigest(holdout.keys);
  const reasons = [
    ...(written.ok ? [] : written.problems.map(({ message }) => `The model as written: ${message}`)),
    ...(tuned.ok || same ? [] : tuned.problems.map(({ message }) => `The tuned model: ${message}`)),
  ];
  const metrics = metricsFor(train.task);
  if (!written.ok || !tuned.ok) {
    const values = metrics.map((one): FinalMetric => {
      const before = written.ok ? one.compute(written.value.scored).value : null;
      const after = tuned.ok ? one.compute(tuned.value.scored).value : null;
      const { id, title, direction } = one;
      const nothing = { difference: null, interval: null, test: "none", p: null, reason: null };
      return { metric: id, title, direction, written: before, tuned: after, ...nothing };
    });
    return { holdoutDigest: digest, answer: "unknown", metrics: values, reasons };
  }
  const sample = pairScores(written.value.scored, tuned.value.scored, context.groups);
  const finals = measureMetrics(sample, metrics, { level, resamples, seed: context.seed }).map((one): FinalMetric => {
    const { id, title, direction } = one.metric;
    const { difference, interval, test, p, reason } = one;
    const undefinedReason =
      one.head.value === null ? one.head.reason : one.base.value === null ? one.base.reason : null;
    const values = { written: one.base.value, tuned: one.head.value };
    return {
      metric: id,
      title,
      direction,
      ...values,
      difference,
      interval,
      test,
      p,
      reason: reason ?? undefinedReason,
    };
  });
  const primary = finals.find((one) => one.metric === metric.id);
  return { holdoutDigest: digest, answer: same ? "as written" : answerOf(primary), metrics: finals, reasons };
}

function answerOf(primary: FinalMetric | undefined): Tuning["final"]["answer"] {
  if (primary?.difference == null || primary.interval === null) return "unknown";
  const { low, high } = primary.interval;
  if (!(low > 0 || high < 0) || primary.p === null || primary.p >= 1 - level) return "no detectable difference";
  return primary.difference > 0 === (primary.direction === "higher") ? "better" : "worse";
}
