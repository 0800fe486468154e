import { z } from "zod";
import type { IntegrityEntry, IntegrityKind } from "../../pipeline/integrity/integrity-report.ts";
import { leastNearPerfect } from "../../pipeline/integrity/near-perfect.ts";
import { leastPredictive } from "../../pipeline/integrity/single-predictors.ts";
import { listNames } from "../../pipeline/words.ts";
import { headRun, type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import { judgeEntries, nameEntries } from "../facts/new-entries.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "data-leakage";
const shownColumns = 5;

const options = z.strictObject({
  predictive: z
    .number()
    .min(leastPredictive)
    .max(1)
    .default(0.99)
    .describe(
      "From here on a feature alone, or a pair that came, predicts the target too well: ROC AUC, balanced accuracy or R², on the hold-out.",
    ),
  near_perfect: z
    .number()
    .min(leastNearPerfect)
    .max(1)
    .default(0.95)
    .describe(
      "From here on a score is too good to be true when a feature that came brought it and leaves less than a quarter of what was wrong without it: ROC AUC, balanced accuracy or R², on the hold-out. Several features, which add up, must come twice as near to 1.",
    ),
  overlap: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe("Share of hold-out rows, beyond chance, that may be in training too; known overlap may grow by less."),
  period: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe(
      "Share of hold-out rows that may be no later than the newest training row, where the experiment names a time; known overlap may grow by less.",
    ),
  ignore: z
    .array(z.string().min(1).max(500))
    .max(10_000)
    .default([])
    .describe(
      "Columns that nothing is said about: features that are known when the model is used, times whose order does not matter.",
    ),
});

type Options = z.infer<typeof options>;

export default {
  id,
  title: "Data leakage",
  group: "data",
  defaultLevel: "warn",
  defaultsSince: { 2: { alsoBlock: ["target-copy"] } },
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary: "The head's model is not measured on what it was told: no new leak from the target or the hold-out.",
    passes: "Nothing was found, or only what the base has in the same way; that is named.",
    fails:
      "A feature is the target under other names or predicts it almost alone, features that came give it as a pair or as a linear combination or make the model near-perfect, hold-out rows are in training, or they are of a time that training reaches into, and the base did not have it.",
    cannotTell: "The head could not be run.",
  },
  run(facts, options) {
    const known: IntegrityEntry[] = [];
    const parts = reviewedModels(facts).map((model) => judgeModel(model, options, known));
    return combineAnswers(parts, {
      pass: known.length === 0 ? "no data leakage found" : `no new data leakage; known: ${nameEntries(known)}`,
      fail: (findings) => `data leakage: ${countOf(findings.length, "sign")} of it`,
      "cannot-tell": "data leakage could not be judged",
      "not-applicable": "data leakage: nothing to look at",
    });
  },
  badness: {
    docs: "the share or other value that is compared with the limit",
    of: ({ evidence: { value } }) => (typeof value === "number" ? { value, unit: "" } : null),
  },
  kinds: {
    names: [
      "target-copy",
      "single-predictor",
      "pair-predictor",
      "linear-combination",
      "near-perfect",
      "holdout-in-training",
      "date-overlap",
    ] satisfies IntegrityKind[],
    of: ({ evidence: { kind } }) => (typeof kind === "string" ? kind : null),
  },
} satisfies Check<Options>;

function judgeModel(
  model: ReviewedModel,
  { predictive, near_perfect, overlap, period, ignore }: Options,
  known: IntegrityEntry[],
): PartialAnswer {
  const { state, review } = model;
  if (state.kind === "removed") return { answer: "not-applicable", findings: [] };
  const report = headRun(state) === null ? null : (review?.integrity ?? null);
  if (report === null) return { answer: "cannot-tell", findings: [unjudged(model)] };
  const limits = {
    "single-predictor": { from: predictive, growth: null },
    "pair-predictor": { from: predictive, growth: null },
    "near-perfect": { from: near_perfect, growth: null },
    "holdout-in-training": { from: overlap, growth: overlap },
    "date-overlap": { from: period, growth: period },
  };
  const judged = judgeEntries(report, "leakage", limits, ignore);
  known.push(...judged.known);
  const findings = judged.fresh
    .filter((entry) => !addsUp(entry, near_perfect) && !isExplained(entry, judged.fresh))
    .map((entry) => leak(model.id, entry));
  return { answer: findings.length > 0 ? "fail" : "pass", findings };
}

/** Whether several features came that may well be good ones: they must come twice as near to a perfect score as one. */
function addsUp({ kind, columns = [], value }: IntegrityEntry, limit: number): boolean {
  return kind === "near-perfect" && columns.length > 1 && 1 - value > (1 - limit) / 2;
}

/** Whether other entries say of each of its features why a score is near-perfect. */
function isExplained({ kind, columns = [] }: IntegrityEntry, all: readonly IntegrityEntry[]): boolean {
  if (kind !== "near-perfect") return false;
  const told = all.flatMap((other) =>
    other.kind === "near-perfect" ? [] : (other.columns ?? (other.column === null ? [] : [other.column])),
  );
  return columns.every((column) => told.includes(column));
}

function leak(model: string, entry: IntegrityEntry): Finding {
  const { kind, column, columns, value, baseValue, evidence, description, rows } = entry;
  const { title, remedy } =
    kind === "date-overlap"
      ? datesInWords(column ?? "", evidence.split)
      : wordsOf(kind, columns ?? [column ?? ""], evidence.by);
  return newFinding(id, kind, {
    title,
    evidence: { ...evidence, kind, value, baseValue, description },
    remedy,
    model,
    ...(column === null ? {} : { column }),
    ...(rows === undefined ? {} : { rows }),
  });
}

function wordsOf(
  kind: IntegrityEntry["kind"],
  columns: readonly string[],
  by: unknown,
): { title: string; remedy: string } {
  if (kind === "holdout-in-training") {
    return {
      title: "Hold-out rows are in training too",
      remedy:
        "Remove the copies, or name as key in the experiment what tells examples apart, so that copies stay together.",
    };
  }
  const names = columns.length === 1 ? columns[0]! : listNames(columns, shownColumns);
  const [isAre, they] = columns.length === 1 ? ["is", "it is"] : ["are", "they are"];
  const titles: Partial<Record<IntegrityEntry["kind"], string>> = {
    "target-copy": `${names} is the target under other names`,
    "pair-predictor": `${names} together predict the target`,
    "linear-combination": `The target is a linear combination of ${names}`,
    "near-perfect":
      by === "the model"
        ? `The score is too good to be true since ${names} ${isAre} in`
        : `${names} ${columns.length === 1 ? "tells" : "tell"} the target too well`,
  };
  return {
    title: titles[kind] ?? `${names} alone predicts the target`,
    remedy: `Exclude ${names} in the experiment. If ${they} known whenever the model is used, add ${columns.length === 1 ? "it" : "them"} to ignore of data-leakage in the policy first.`,
  };
}

/** Groups are divided so that none is on both sides: that their rows are of one time is no mistake, but has to be meant. */
function datesInWords(column: string, split: unknown): { title: string; remedy: string } {
  const name = /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(column) ? column : JSON.stringify(column);
  const later = `split: { by: time, column: ${name} }`;
  const ignore = "add it to ignore of data-leakage in the policy first";
  if (split === "group") {
    return {
      title: "The hold-out has other groups than training, but is of the same period",
      remedy: `A split by group does so. To test on later rows: ${later}. If the model is for other groups of the same time, ${ignore}.`,
    };
  }
  return {
    title: "The model is tested on a period that it has seen",
    remedy: `Hold out the latest rows in the experiment: ${later}. If their order does not matter, ${ignore}.`,
  };
}

function unjudged(model: ReviewedModel): Finding {
  return newFinding(id, "unjudged", {
    title: `The data of ${model.id} could not be searched for leakage`,
    evidence: { kind: "none", reason: troubleOf(model.state) ?? "no report on the data came back" },
    remedy: "Make the head run; the problems of the model say what is wrong.",
    model: model.id,
  });
}
