import { z } from "zod";
import { type IntegrityEntry, type IntegrityKind, integrityKinds } from "../../pipeline/integrity/integrity-report.ts";
import { headRun, type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import { type EntryLimit, judgeEntries, nameEntries } from "../facts/new-entries.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "data-integrity";

type Kind = { [K in IntegrityKind]: (typeof integrityKinds)[K] extends "integrity" ? K : never }[IntegrityKind];

const kinds = (Object.keys(integrityKinds) as IntegrityKind[]).filter((kind) => integrityKinds[kind] === "integrity");

const share = (value: number, text: string) => z.number().min(0).max(1).default(value).describe(text);

const options = z.strictObject({
  allow: z
    .array(z.enum(kinds as [Kind, ...Kind[]]))
    .max(kinds.length)
    .default([])
    .describe("Kinds of trouble that are accepted."),
  ignore: z.array(z.string().min(1).max(500)).max(10_000).default([]).describe("Columns that nothing is said about."),
  lost_rows: share(0.2, "Share of the base's rows by which the head has fewer, from which it counts."),
  repeated_rows: share(0.05, "Share of rows that repeat another one, beyond chance, from which it counts."),
  conflicting_labels: share(0.05, "Share of rows with the features of a row of another class, from which it counts."),
  missing_increase: share(0.05, "Increase of a column's share of missing cells, from which it counts."),
  class_shift: share(
    0.1,
    "Share of rows that would have to change class to restore the balance, from which it counts.",
  ),
  new_categories: share(0.01, "Share of the head's rows in categories that the base lacks, from which it counts."),
  vanished_categories: share(0.01, "Share of the base's rows in categories that the head lacks, from which it counts."),
});

type Options = z.infer<typeof options>;

export default {
  id,
  title: "Data integrity",
  group: "data",
  defaultLevel: "warn",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary: "The head's data is not damaged: no new identifiers as features, constants, copies, markers, jumps.",
    passes: "Nothing was found, or only what the base has in the same way; that is named.",
    fails: "Trouble of a kind that `allow` does not accept is at or over its threshold, and the base did not have it.",
    cannotTell: "The head could not be run, or the base could not and the head alone shows nothing.",
  },
  run(facts, options) {
    const known: IntegrityEntry[] = [];
    const parts = reviewedModels(facts).map((model) => judgeModel(model, options, known));
    const found = reviewedModels(facts).some((model) => hasEntries(model, options)) ? "beyond the limits" : "found";
    return combineAnswers(parts, {
      pass:
        known.length === 0
          ? `no trouble in the data ${found}`
          : `no new trouble in the data; known: ${nameEntries(known)}`,
      fail: (findings) => `data integrity: ${countOf(findings.filter(isTrouble).length, "new trouble")}`,
      "cannot-tell": "data integrity could not be judged",
      "not-applicable": "data integrity: nothing to look at",
    });
  },
  badness: {
    docs: "the share or other value that is compared with the limit",
    of: ({ evidence: { value } }) => (typeof value === "number" ? { value, unit: "" } : null),
  },
} satisfies Check<Options>;

function judgeModel(model: ReviewedModel, options: Options, known: IntegrityEntry[]): PartialAnswer {
  const { state, review } = model;
  if (state.kind === "removed") return { answer: "not-applicable", findings: [] };
  const report = headRun(state) === null ? null : (review?.integrity ?? null);
  if (report === null) return { answer: "cannot-tell", findings: [unjudged(model)] };
  const judged = judgeEntries(report, "integrity", limitsOf(options), options.ignore);
  const accepted = new Set<IntegrityKind>(options.allow);
  known.push(...judged.known.filter(({ kind }) => !accepted.has(kind)));
  const findings = judged.fresh.filter(({ kind }) => !accepted.has(kind)).map((entry) => trouble(model.id, entry));
  if (findings.length > 0) return { answer: "fail", findings };
  if (state.kind === "broken") return { answer: "cannot-tell", findings: [unjudged(model)] };
  return { answer: "pass", findings: [] };
}

function isTrouble({ evidence }: Finding): boolean {
  return evidence.kind !== "none";
}

/** Whether anything was found that is not accepted, be it under its limit. */
function hasEntries({ review }: ReviewedModel, { allow, ignore }: Options): boolean {
  return (review?.integrity?.entries ?? []).some(
    ({ kind, column, severity }) =>
      severity === "integrity" && !allow.some((one) => one === kind) && !(column !== null && ignore.includes(column)),
  );
}

/** A share that grew by as much as would have been too much in the first place counts again. */
function limitsOf(options: Options): Partial<Record<IntegrityKind, EntryLimit>> {
  const grows = (from: number): EntryLimit => ({ from, growth: from });
  return {
    "rows-lost": grows(options.lost_rows),
    "repeated-rows": grows(options.repeated_rows),
    "conflicting-labels": grows(options.conflicting_labels),
    "missing-rate": grows(options.missing_increase),
    "class-balance": grows(options.class_shift),
    "new-categories": grows(options.new_categories),
    "vanished-categories": grows(options.vanished_categories),
  };
}

function trouble(model: string, entry: IntegrityEntry): Finding {
  const { kind, column, value, baseValue, evidence, description, rows } = entry;
  const { title, remedy } = words[kind as Kind];
  return newFinding(
    id,
    kind,
    {
      title: column === null ? title : `${column} ${title}`,
      evidence: { ...evidence, kind, value, baseValue, description },
      remedy: `${remedy} If it is as it should be, add ${kind} to allow of data-integrity in the policy first, or ${column === null ? "raise its threshold" : "the column to ignore"}.`,
      model,
      ...(column === null ? {} : { column }),
      ...(rows === undefined ? {} : { rows }),
    },
    evidence.marker === undefined ? [] : [evidence.marker],
  );
}

const words: Record<Kind, { title: string; remedy: string }> = {
  "id-like": {
    title: "is a feature and looks like an identifier",
    remedy: "Exclude it in the experiment, or name it as key.",
  },
  constant: { title: "is a feature and the same in every row", remedy: "Exclude it, or find out what became of it." },
  "rows-lost": { title: "Rows were lost", remedy: "Find out why they are gone." },
  "keys-replaced": {
    title: "is the key and has other values",
    remedy: "Keep their spelling, or declare a key that names a row on both sides.",
  },
  "labels-lost": { title: "lost labels", remedy: "Restore the labels, or remove the rows." },
  "repeated-rows": { title: "Rows repeat each other", remedy: "Remove the copies." },
  "conflicting-labels": {
    title: "Rows with the same features have different classes",
    remedy: "Correct the labels, or add a feature that tells these rows apart.",
  },
  "mixed-types": {
    title: "mixes numbers with words",
    remedy: "Write the words as numbers, or declare the column's type.",
  },
  "missing-marker": {
    title: "has a value that looks like a missing one",
    remedy: "Declare it under missing in the experiment, or leave these cells empty.",
  },
  "missing-rate": { title: "is missing more often", remedy: "Find out where the values were lost." },
  "class-balance": {
    title: "has its classes in other shares",
    remedy: "See whether rows of a class were lost or added.",
  },
  "new-categories": { title: "has new categories", remedy: "See whether they are new things or other spellings." },
  "vanished-categories": { title: "lost categories", remedy: "See whether their rows were lost or spelled otherwise." },
  "scale-change": { title: "is on another scale", remedy: "Use the base's unit, or convert all rows." },
};

function unjudged(model: ReviewedModel): Finding {
  return newFinding(id, "unjudged", {
    title: `The data of ${model.id} could not be searched for trouble`,
    evidence: { kind: "none", reason: troubleOf(model.state) ?? "no report on the data came back" },
    remedy: "Make both sides run; the problems of the model say what is wrong.",
    model: model.id,
  });
}
