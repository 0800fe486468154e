import { z } from "zod";
import { type ReviewedModel, reviewedModels } from "../facts/model-state.ts";
import { usualReuseWarning } from "../policy/policy.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "holdout-reuse";

const options = z.strictObject({});

export default {
  id,
  title: "Reuse of the hold-out",
  group: "model",
  defaultLevel: "warn",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "Not too many different models were judged on hold-outs of the same data: what is chosen by a hold-out again and again fits it.",
    passes:
      "At most `holdout_reuse_warning` different models were judged on the base's data, this one included. Another seed continues the count, other data begins a new one.",
    fails: "More were. What this hold-out shows is partly luck.",
    cannotTell: "Never: where nobody counts, as on the command line, it does not apply.",
  },
  run(facts) {
    const counted = reviewedModels(facts).filter(({ holdoutUses }) => holdoutUses !== null);
    return combineAnswers(counted.map(judgeModel), {
      pass: "the hold-out is not worn out",
      fail: (findings) => `the hold-out of ${countOf(findings.length, "model")} is worn out`,
      "cannot-tell": "reuse of the hold-out: not counted",
      "not-applicable": "reuse of the hold-out: not counted",
    });
  },
  badness: {
    docs: "the number of models",
    of: ({ evidence: { models } }) => (typeof models === "number" ? { value: models, unit: "" } : null),
  },
} satisfies Check<z.infer<typeof options>>;

function judgeModel(model: ReviewedModel): PartialAnswer {
  const { id: name, policy, holdoutUses: models } = model;
  const allowed = policy.holdoutReuseWarning ?? usualReuseWarning;
  return models === null || models <= allowed
    ? { answer: "pass", findings: [] }
    : { answer: "fail", findings: [worn(name, models, allowed)] };
}

function worn(model: string, models: number, allowed: number): Finding {
  return newFinding(id, "worn", {
    title: `The hold-out of ${model} has judged many models`,
    evidence: { models, allowed },
    remedy: "Judge by data that nobody has looked at: add new rows in a pull request of its own.",
    model,
  });
}
