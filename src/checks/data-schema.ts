import { z } from "zod";
import { formatCount } from "../../pipeline/words.ts";
import { type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";
import {
  changesOf,
  type SchemaChange,
  type SchemaChangeKind,
  schemaChangeKinds,
  shorten,
  shownChanges,
} from "../words/schema-changes.ts";

const id = "data-schema";

const options = z.strictObject({
  allow: z
    .array(z.enum(schemaChangeKinds))
    .max(schemaChangeKinds.length)
    .default(["added"])
    .describe(
      `Kinds of change that are accepted: ${schemaChangeKinds.join(", ")}. \`moved\` are columns whose values are now under another name that exists as well; \`target-…\` are values of the target that came or went.`,
    ),
});

export default {
  id,
  title: "Data schema",
  group: "data",
  defaultLevel: "block",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary: "The head's data has the columns, the column types and the target values of the base's.",
    passes: "Nothing changed but what `allow` accepts; by default new columns are accepted.",
    fails:
      "A column is lost, renamed, retyped or holds the values of another one, or the target has a new value or lost one.",
    cannotTell: "The data of a side could not be read, or a side could not be run and its data shows no change.",
  },
  run(facts, { allow }) {
    const models = reviewedModels(facts);
    const parts = models.map((model) => judgeModel(model, new Set(allow)));
    return combineAnswers(parts, {
      pass: () => describeAllowed(models),
      fail: (findings) => `${countOf(findings.length, "change")} of the schema`,
      "cannot-tell": "data schema could not be judged",
      "not-applicable": "data schema: nothing to compare",
    });
  },
} satisfies Check<z.infer<typeof options>>;

function judgeModel(model: ReviewedModel, allowed: Set<SchemaChangeKind>): PartialAnswer {
  const { state, review } = model;
  if (state.kind === "new" || state.kind === "removed") return { answer: "not-applicable", findings: [] };
  const diff = review?.schema ?? null;
  if (diff === null) return { answer: "cannot-tell", findings: [unjudged(model)] };
  const findings = changesOf(diff)
    .filter(({ kind }) => !allowed.has(kind))
    .map((change) => changed(model.id, named(change, model)));
  if (findings.length > 0) return { answer: "fail", findings };
  // A schema can change under a model that can't be trained; that it did not is only said of one that was.
  return state.kind === "compared"
    ? { answer: "pass", findings }
    : { answer: "cannot-tell", findings: [unjudged(model)] };
}

/** A column whose header cell is empty has a name that no one wrote: `column_1`. */
function named(change: SchemaChange, { review }: ReviewedModel): SchemaChange {
  const base = review?.base.state === "ran" ? review.base.run.notes : [];
  const nameless = base.find(({ code }) => code === "unnamed-column")?.written?.split(", ") ?? [];
  if (change.from === null || !nameless.includes(change.from)) return change;
  const what = `Column ${change.from}`;
  return { ...change, title: change.title.replace(what, `${what}, which has no name in the base's file,`) };
}

/** A change that the policy accepts is a change all the same. */
function describeAllowed(models: ReviewedModel[]): string {
  const changes = models.flatMap(({ review }) => (review?.schema ? changesOf(review.schema) : []));
  // Models that share their data share its changes.
  const titles = [...new Set(changes.map(({ title }) => title))];
  if (titles.length === 0) return "data schema unchanged";
  const added = changes.every(({ kind }) => kind === "added");
  const told = added ? [...new Set(changes.map(({ name }) => name))] : titles.map(lowerFirst);
  const left = told.length - shownChanges;
  const what = added
    ? `${countOf(told.length, "new column")} (allowed)`
    : `${countOf(told.length, "allowed change")} of the schema`;
  const list = told.slice(0, shownChanges).map(shorten).join(", ");
  return `${what}: ${list}${left > 0 ? ` and ${formatCount(left)} more` : ""}`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

const undo: Partial<Record<SchemaChangeKind, string>> = {
  moved: "Put the columns back, or write their names in the order of the file",
};

function changed(model: string, { kind, name, title, from, to }: SchemaChange): Finding {
  const grouped = kind === "renamed" && name !== from;
  return newFinding(
    id,
    kind,
    {
      title,
      evidence: { kind, from, to },
      remedy: `${undo[kind] ?? "Undo it in the data"}, or accept it by adding ${kind} to allow of data-schema in the policy first.`,
      model,
      ...(kind.startsWith("target") || kind === "moved" || grouped ? {} : { column: name }),
    },
    [name],
  );
}

function unjudged(model: ReviewedModel): Finding {
  return newFinding(id, "unjudged", {
    title: `The data of ${model.id} could not be compared`,
    evidence: { reason: troubleOf(model.state) ?? "no comparison of the data came back" },
    remedy: "Make both sides run again; the problems of the model say what is wrong.",
    model: model.id,
  });
}
