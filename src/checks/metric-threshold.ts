import { z } from "zod";
import type { Comparison } from "../../pipeline/compare/comparison.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { headRun, isUnchanged, type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import type { Check } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { onBaseRows, rowsDecide } from "../verdict/rows-decide.ts";

const id = "metric-threshold";

const options = z.strictObject({});

export default {
  id,
  title: "Metric limits",
  group: "model",
  defaultLevel: "block",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "Every metric of the head stays within the `min` and `max` that the policy sets for it, on all hold-out rows of the head and on those of the base.",
    passes: "Every limited metric is within its limits. A value equal to a limit is within it.",
    fails:
      "A metric is below its `min` or above its `max`, or the change removes a model with limits. Of a model of which nothing changed that is a warning, whatever the level: it is so since the base.",
    cannotTell:
      "The head could not be run, the metric has no value there, or it is outside only with rows of the base's hold-out that the head does not have or gives another label.",
  },
  run(facts) {
    const limited = reviewedModels(facts).filter((model) => limitsOf(model).length > 0);
    const base = facts.pullRequest.base.ref;
    const judge = (model: ReviewedModel) =>
      isUnchanged(model) ? judgeModel(model).map((answer) => sinceBase(answer, base)) : judgeModel(model);
    return combineAnswers(limited.flatMap(judge), {
      pass: "metrics within their limits",
      fail: (findings) =>
        findings.every(({ inherited }) => inherited)
          ? `a metric is outside its limits since ${base}`
          : "a metric is outside its limits",
      "cannot-tell": "metric limits could not be judged",
      "not-applicable": "metric limits: the policy sets none",
    });
  },
  badness: {
    docs: "the distance from the limit",
    of: ({ evidence: { head, allowed } }) =>
      typeof head === "number" && typeof allowed === "number" ? { value: Math.abs(head - allowed), unit: "" } : null,
  },
} satisfies Check<z.infer<typeof options>>;

interface Limit {
  metric: string;
  min: number | null;
  max: number | null;
}

function titleOf(metric: string): string {
  return metrics.get(metric)?.title ?? metric;
}

function limitsOf({ policy }: ReviewedModel): Limit[] {
  return Object.entries(policy.metrics)
    .filter(([, { min, max }]) => min !== null || max !== null)
    .map(([metric, { min, max }]) => ({ metric, min, max }));
}

function judgeModel(model: ReviewedModel): PartialAnswer[] {
  const run = headRun(model.state);
  if (run === null) return [unmeasured(model, model.state.kind === "removed" ? "fail" : "cannot-tell")];
  return limitsOf(model).map(({ metric, min, max }): PartialAnswer => {
    const measured = run.metrics[metric] ?? { value: null, reason: `${metric} is not defined for this model's task` };
    if (measured.value === null) return withoutValue(model.id, metric, measured.reason);
    const { value } = measured;
    if (min !== null && value < min) return outside(model.id, metric, value, "min", min);
    if (max !== null && value > max) return outside(model.id, metric, value, "max", max);
    return onRowsOfBase(model, { metric, min, max });
  });
}

/** What the base is to blame for: nothing that the model is made of changed. */
function sinceBase({ answer, findings }: PartialAnswer, base: string): PartialAnswer {
  if (answer !== "fail") return { answer, findings };
  const inherited = findings.map((finding) => ({
    ...finding,
    title: `${finding.title} since ${base}`,
    remedy: `Nothing of ${finding.model} changed here. The next change of it has to end within the limit.`,
    inherited: true as const,
  }));
  return { answer, findings: inherited };
}

/** Rows that a change brings must not lift a model over a limit that it misses on those that were there. */
function onRowsOfBase({ id: model, review }: ReviewedModel, { metric, min, max }: Limit): PartialAnswer {
  const comparison = review?.comparison ?? null;
  if (comparison?.status !== "compared") return { answer: "pass", findings: [] };
  const headOf = ({ metrics }: Pick<Comparison, "metrics">) =>
    metrics.find((one) => one.metric === metric)?.head ?? null;
  const value = headOf(comparison);
  const limit = min !== null && value !== null && value < min ? "min" : "max";
  const allowed = limit === "min" ? min : max;
  const isBad = (judged: Pick<Comparison, "metrics">) => {
    const head = headOf(judged);
    return head !== null && ((min !== null && head < min) || (max !== null && head > max));
  };
  const found = onBaseRows(comparison, isBad);
  if (found === "fine" || value === null || allowed === null) return { answer: "pass", findings: [] };
  if (found === "bad") return outside(model, metric, value, limit, allowed, comparison.holdout.common);
  const evidence = { head: value, kept: headOf(comparison.kept!), limit, allowed };
  const subject = `${titleOf(metric)} of ${model}`;
  return { answer: "cannot-tell", findings: rowsDecide(id, subject, { model, metric }, comparison, evidence) };
}

/** @param rows of the base's hold-out, where it is outside on these */
function outside(
  model: string,
  metric: string,
  head: number,
  limit: "min" | "max",
  allowed: number,
  rows?: number,
): PartialAnswer {
  const finding = newFinding(id, limit, {
    title: `${titleOf(metric)} of ${model} is ${limit === "min" ? "below the minimum" : "above the maximum"}${rows === undefined ? "" : " on the base's hold-out rows"}`,
    evidence: { head, limit, allowed, ...(rows === undefined ? {} : { rows }) },
    remedy: `Bring ${titleOf(metric)} ${limit === "min" ? "up to" : "down to"} the limit, or change the limit in the policy first.`,
    model,
    metric,
  });
  return { answer: "fail", findings: [finding] };
}

function withoutValue(model: string, metric: string, reason: string): PartialAnswer {
  const finding = newFinding(id, "no-value", {
    title: `${titleOf(metric)} of ${model} has no value`,
    evidence: { head: null, reason },
    remedy: "See why the metric has no value, or take its limit out of the policy.",
    model,
    metric,
  });
  return { answer: "cannot-tell", findings: [finding] };
}

function unmeasured(model: ReviewedModel, answer: "fail" | "cannot-tell"): PartialAnswer {
  const reason = answer === "fail" ? "the change removes it" : (troubleOf(model.state) ?? "it was not run");
  const finding = newFinding(id, "unmeasured", {
    title: `The head of ${model.id} has no metrics`,
    evidence: { head: null, reason },
    remedy: "Make the experiment run again; the problems of the model say what is wrong.",
    model: model.id,
  });
  return { answer, findings: [finding] };
}
