import { z } from "zod";
import type { Comparison, MetricComparison } from "../../pipeline/compare/comparison.ts";
import { type YardstickChange, yardstickChangeKinds } from "../../pipeline/compare/yardstick-change.ts";
import { type ReviewedModel, reviewedModels } from "../facts/model-state.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "yardstick-changed";

const options = z.strictObject({});

/** After these the gates would ask another question, or could not answer it. */
const grave: readonly string[] = ["target", "positive", "smaller-holdout", "views-disagree"];

const words: Record<YardstickChange["kind"], { what: string; none: string }> = {
  target: { what: "target", none: "none" },
  positive: { what: "positive class", none: "the automatic choice" },
  "smaller-holdout": { what: "hold-out", none: "none" },
  "larger-holdout": { what: "hold-out", none: "none" },
  split: { what: "kind of split", none: "none" },
  seed: { what: "split's seed", none: "none" },
  key: { what: "row key", none: "the row's content" },
};

export default {
  id,
  title: "Yardstick",
  group: "model",
  defaultLevel: "warn",
  defaultsSince: { 1: { alsoBlock: grave } },
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "The change does not alter how its model is judged: target, positive class, size of the hold-out, seed, key and kind of split. Gates stand on the base's in any case; after the merge the head's would hold.",
    passes: "The experiment is judged as before.",
    fails:
      "The experiment changes what it is judged by, or it changed and both sides compare otherwise by the head's yardstick than by the base's.",
    cannotTell: "Never: where a side has no experiment, it does not apply.",
  },
  kinds: {
    names: [...yardstickChangeKinds, "views-disagree"],
    of: ({ evidence }) => (typeof evidence.kind === "string" ? evidence.kind : null),
  },
  run(facts) {
    const models = reviewedModels(facts).filter(({ state }) => state.kind === "compared");
    return combineAnswers(models.map(judgeModel), {
      pass: "models are judged as before",
      fail: (findings) => `${countOf(findings.length, "change")} of how models are judged`,
      "cannot-tell": "yardstick: nothing to compare",
      "not-applicable": "yardstick: nothing to compare",
    });
  },
} satisfies Check<z.infer<typeof options>>;

function judgeModel(model: ReviewedModel): PartialAnswer {
  const changes = model.review?.yardstick ?? [];
  const findings = [...changes.map((change) => changed(model, change)), ...disagreements(model)];
  return { answer: findings.length === 0 ? "pass" : "fail", findings };
}

function changed({ id: model, policy }: ReviewedModel, { kind, from, to }: YardstickChange): Finding {
  const { what, none } = words[kind];
  return newFinding(
    id,
    kind,
    {
      title: `The ${what} of ${model} changes`,
      evidence: { kind, from: from ?? none, to: to ?? none },
      remedy: grave.includes(kind)
        ? "Change it in a pull request of its own, and have it accepted there with a waiver."
        : "The base's judges this change, and after the merge the new one does: better in a pull request of its own.",
      model,
      path: policy.experiment,
    },
    [from ?? "", to ?? ""],
  );
}

/** Gated metrics that are worse by the head's yardstick and not by the base's, where the head changed it. */
function disagreements(model: ReviewedModel): Finding[] {
  const { comparison = null, headView = null, yardstick = [] } = model.review ?? {};
  if (comparison?.status !== "compared" || headView === null || yardstick.length === 0) return [];
  return Object.keys(model.policy.metrics).flatMap((metric): Finding[] => {
    const [base, head] = [comparison, headView].map((view) => find(view, metric));
    if (!isWorse(head) || isWorse(base)) return [];
    const { title, difference, interval, tolerance } = head!;
    return [
      newFinding(id, "views-disagree", {
        title: `${title} of ${model.id} is worse by the head's yardstick, not by the base's`,
        evidence: {
          kind: "views-disagree",
          base: head!.base,
          head: head!.head,
          difference,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          tolerance,
          byBase: base?.difference ?? null,
        },
        remedy: "Keep the yardstick in this pull request, or repair what it shows.",
        model: model.id,
        metric,
      }),
    ];
  });
}

function find({ metrics }: Comparison, metric: string): MetricComparison | undefined {
  return metrics.find((one) => one.metric === metric);
}

function isWorse(compared: MetricComparison | undefined): boolean {
  return compared?.verdict === "regressed";
}
