import { z } from "zod";
import type { Comparison, MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { Task } from "../../pipeline/metrics/metric.ts";
import { metrics, metricsFor } from "../../pipeline/metrics/registry.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { AnchorReview } from "../../pipeline/review/anchor.ts";
import { isUnchanged, type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import { judgeAnchors } from "../verdict/anchor-loss.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { onBaseRows, rowsDecide } from "../verdict/rows-decide.ts";
import { countOf } from "../words/count-of.ts";

const id = "metric-regression";

const options = z.strictObject({
  underpowered: z
    .enum(["pass", "cannot-tell"])
    .default("pass")
    .describe("Answer for a gated metric when the hold-out is too small to show a change of the tolerance's size."),
  broken_base: z
    .enum(["pass", "cannot-tell"])
    .default("cannot-tell")
    .describe("Answer when the head runs and the base does not, as in a change that repairs a broken experiment."),
});

type Options = z.infer<typeof options>;

export default {
  id,
  title: "Metric regression",
  group: "model",
  defaultLevel: "block",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "No gated metric of a model gets worse by more than its tolerance, judged on the base's hold-out rows by the base's labels.",
    passes: "No gated metric shows a worsening beyond its tolerance. A new model has no base and is not applicable.",
    fails:
      "A gated metric is worse than its tolerance allows and the interval excludes zero, the change removes a model that the policy names, or a model has an anchor, a gated metric is beyond its tolerance below that, and the change itself is worse than its base by any amount.",
    cannotTell:
      "A side or the anchor could not be run, the two sides can't be compared on the same rows, or a gated metric is worse only with rows of the base's hold-out that the head does not have or gives another label: somebody who is entitled accepts these rows with a waiver, and then the head's labels count.",
  },
  run(facts, options) {
    const models = reviewedModels(facts);
    const judged = models.filter(
      ({ state, policy }) => state.kind === "compared" && Object.keys(policy.metrics).length > 0,
    );
    return combineAnswers(
      models.flatMap((model) => judgeModel(model, options)),
      {
        pass: () => describePassed(judged),
        fail: failures,
        "cannot-tell": (findings) =>
          `metrics could not be compared with the ${findings.every(isAboutAnchor) ? "anchor" : "base"}`,
        "not-applicable":
          models.length === 0 ? "metrics: the policy names no model" : "metrics: nothing gated to compare",
      },
    );
  },
  badness: {
    docs: "the loss",
    of: ({ evidence: { verdict, difference } }) =>
      (verdict === "regressed" || verdict === "anchor") && typeof difference === "number"
        ? { value: Math.abs(difference), unit: "" }
        : null,
  },
} satisfies Check<Options>;

/** A difference of zero is no evidence where nothing changed that could have made one. */
function describePassed(judged: ReviewedModel[]): string {
  const names = (models: ReviewedModel[]) => models.map(({ id }) => id).join(", ");
  const still = judged.filter(isUnchanged);
  if (still.length === judged.length) return `metrics not changed: ${names(still)}`;
  const passed = `no metric regression in ${names(judged.filter((model) => !isUnchanged(model)))}`;
  return still.length === 0 ? passed : `${passed} (not changed: ${names(still)})`;
}

function isAboutAnchor({ evidence }: Finding): boolean {
  return evidence.verdict === "anchor-unknown";
}

function failures(findings: Finding[]): string {
  const count = (verdict: string) => findings.filter(({ evidence }) => evidence.verdict === verdict).length;
  const [worse, since, gone] = [count("regressed"), count("anchor"), count("removed")];
  return [
    ...(worse > 0 ? [countOf(worse, "metric regression")] : []),
    ...(since > 0 ? [`${countOf(since, "metric")} below ${since === 1 ? "its" : "their"} anchor`] : []),
    ...(gone > 0 ? [`${countOf(gone, "model")} removed`] : []),
  ].join(", ");
}

function judgeModel(model: ReviewedModel, options: Options): PartialAnswer[] {
  const { id, policy, state } = model;
  if (state.kind === "new") return [{ answer: "not-applicable", findings: [] }];
  if (state.kind === "removed") return [{ answer: "fail", findings: [removed(id, policy.experiment)] }];
  if (state.kind === "broken") {
    const accepted = state.side === "base" && options.broken_base === "pass";
    if (accepted) return [{ answer: "not-applicable", findings: [] }];
    return [{ answer: "cannot-tell", findings: state.problems.map((problem) => broken(id, state.side, problem)) }];
  }
  if (state.kind === "compared" && state.comparison !== null) {
    const gates = { gated: Object.keys(policy.metrics), task: state.head.task };
    const { headView = null, anchors = [] } = model.review ?? {};
    return judgeMetrics(id, gates, { comparison: state.comparison, headView, anchors }, options);
  }
  return [{ answer: "cannot-tell", findings: [unanswered(model)] }];
}

function judgeMetrics(
  model: string,
  { gated, task }: { gated: string[]; task: Task },
  views: Views,
  options: Options,
): PartialAnswer[] {
  const { comparison } = views;
  const defined = metricsFor(task).map((metric) => metric.id);
  if (gated.length === 0) return [{ answer: "not-applicable", findings: [] }];
  if (comparison.status === "incomparable") {
    return [
      incomparable(model, null, comparison.reasons.join(" "), `Do what the note on ${model} says, then push again.`),
    ];
  }
  const judged = gated.flatMap((metric): PartialAnswer | PartialAnswer[] => {
    const compared = comparison.metrics.find((one) => one.metric === metric);
    if (!defined.includes(metric)) {
      const remedy = `Name a metric of the task in the policy instead: ${defined.join(", ")}.`;
      return incomparable(model, metric, `It is not defined for ${task} tasks.`, remedy);
    }
    if (compared === undefined) {
      const remedy = "See that both sides measure it, then re-run the check.";
      return incomparable(model, metric, "It was not compared.", remedy);
    }
    return judgeMetric(model, compared, views, options);
  });
  return [...unansweredRows(model, comparison), ...judged, ...judgeAnchors(id, model, views.anchors, comparison)];
}

/** Rows that the head's model can't be asked about, where these could decide: somebody accepts their loss, or nobody knows. */
function unansweredRows(model: string, { holdout: { base, changed } }: Comparison): PartialAnswer[] {
  const { gone, unanswered: rows } = changed ?? {};
  if (rows?.decides !== true || gone?.rows === undefined) return [];
  const finding = newFinding(id, "unanswered", {
    title: `The head of ${model} has no answer to rows that are gone`,
    evidence: { verdict: "unanswered", changed: rows.count, heldOut: base },
    remedy:
      "Keep these rows, or change rows and columns in two pull requests; or who answers for the data accepts their loss with a waiver.",
    model,
    rows: gone.rows,
  });
  return [{ answer: "cannot-tell", findings: [finding] }];
}

/** The base's view, which gates, and the head's where it is another one. */
interface Views {
  comparison: Comparison;
  headView: Comparison | null;
  anchors: readonly AnchorReview[];
}

function judgeMetric(
  model: string,
  compared: MetricComparison,
  views: Views,
  options: Options,
): PartialAnswer | PartialAnswer[] {
  switch (compared.verdict) {
    case "regressed":
      return judgeLoss(model, compared, views);
    case "incomparable": {
      const reason = asSentence(compared.reason ?? "the two sides can't be compared");
      const remedy = "Give both sides rows on which it has a value, or take it out of the policy's metrics.";
      return incomparable(model, compared.metric, reason, remedy);
    }
    case "underpowered":
      if (options.underpowered === "pass") return { answer: "pass", findings: [] };
      return { answer: "cannot-tell", findings: [underpowered(model, compared)] };
    default:
      return { answer: "pass", findings: [] };
  }
}

/** A loss that is there only with changed rows is theirs to answer for; where it is accepted, the head's labels still count. */
function judgeLoss(model: string, compared: MetricComparison, { comparison, headView }: Views): PartialAnswer[] {
  const { metric, title } = compared;
  const find = ({ metrics }: Pick<Comparison, "metrics">) => metrics.find((one) => one.metric === metric);
  const isBad = (judged: Pick<Comparison, "metrics">) => {
    const verdict = find(judged)?.verdict ?? "incomparable";
    return verdict === "regressed" || verdict === "incomparable";
  };
  if (onBaseRows(comparison, isBad) === "bad") return [{ answer: "fail", findings: [regressed(model, compared)] }];
  const { difference: kept = null } = find(comparison.kept!) ?? {};
  const { base, head, difference, tolerance } = compared;
  const evidence = { base, head, difference, kept, tolerance };
  const findings = rowsDecide(id, `${title} of ${model}`, { model, metric }, comparison, evidence);
  const own = headView === null ? undefined : find(headView);
  const worse = own?.verdict === "regressed" ? [{ answer: "fail" as const, findings: [regressed(model, own)] }] : [];
  return [{ answer: "cannot-tell", findings }, ...worse];
}

/** Reasons of the pipeline are clauses, some of them sentences. */
function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

function regressed(model: string, compared: MetricComparison): Finding {
  const { metric, title, base, head, difference, interval, test, tolerance } = compared;
  return newFinding(id, "regressed", {
    title: `${title} of ${model} got worse`,
    evidence: {
      verdict: "regressed",
      base,
      head,
      difference,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      tolerance,
      test,
    },
    remedy: "Repair it, or raise the tolerance in the policy first.",
    model,
    metric,
  });
}

function underpowered(model: string, { metric, title, smallestDetectable, tolerance }: MetricComparison): Finding {
  return newFinding(id, "underpowered", {
    title: `The hold-out of ${model} is too small to judge ${title}`,
    evidence: { verdict: "underpowered", smallestDetectable, tolerance },
    remedy: "Hold out more rows, or raise the tolerance to a change that this many rows can show.",
    model,
    metric,
  });
}

/** @param metric null when the sides can't be compared at all: the reasons, which are long, stand in the model's note */
function incomparable(model: string, metric: string | null, reason: string, remedy: string): PartialAnswer {
  const finding = newFinding(id, "incomparable", {
    title: `${metric === null ? "The metrics" : (metrics.get(metric)?.title ?? metric)} of ${model} can't be compared with the base`,
    evidence: { verdict: "incomparable", reason },
    remedy,
    model,
    ...(metric === null ? {} : { metric }),
  });
  return { answer: "cannot-tell", findings: [finding] };
}

function removed(model: string, path: string): Finding {
  return newFinding(id, "removed", {
    title: `The change removes ${model}: ${path} is gone`,
    evidence: { verdict: "removed", experiment: path },
    remedy: "Put the experiment file back, or first take the model out of the policy.",
    model,
    path,
  });
}

function unanswered(model: ReviewedModel): Finding {
  return newFinding(id, "unanswered", {
    title: `${model.id} could not be judged`,
    evidence: { verdict: "none", reason: troubleOf(model.state), experiment: model.policy.experiment },
    remedy: "See that the policy names the right experiment file, then re-run the check.",
    model: model.id,
  });
}

function broken(model: string, side: "base" | "head", problem: Problem): Finding {
  const { path, line, key } = problem.where;
  return newFinding(
    id,
    `broken-${side}`,
    {
      title: `The ${side} of ${model} could not be run: ${problem.message}`,
      evidence: {
        verdict: "broken",
        side,
        code: problem.code,
        written: problem.written ?? null,
        allowed: problem.allowed ?? null,
      },
      remedy: problem.remedy,
      model,
      path,
      ...(line === undefined ? {} : { line }),
    },
    [problem.code, path, key ?? ""],
  );
}
