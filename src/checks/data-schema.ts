import { z } from "zod";
import type { SchemaDiff } from "../../pipeline/data/schema-diff.ts";
import { type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";

const id = "data-schema";

const kinds = ["added", "removed", "renamed", "moved", "retyped", "target-added", "target-removed"] as const;

const options = z.strictObject({
  allow: z
    .array(z.enum(kinds))
    .max(kinds.length)
    .default(["added"])
    .describe(
      `Kinds of change that are accepted: ${kinds.join(", ")}. \`moved\` are columns whose values are now under another name that exists as well; \`target-…\` are values of the target that came or went.`,
    ),
});

const check: Check<z.infer<typeof options>> = {
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
    cannotTell: "The data of a side could not be read.",
  },
  run(facts, { allow }) {
    const models = reviewedModels(facts);
    const parts = models.map((model) => judgeModel(model, new Set(allow)));
    return combineAnswers(parts, (answer, findings) => {
      if (answer === "fail")
        return findings.length === 1 ? "1 change of the schema" : `${findings.length} changes of the schema`;
      if (answer === "cannot-tell") return "data schema could not be judged";
      return answer === "pass" ? describeAllowed(models) : "data schema: nothing to compare";
    });
  },
};

export default check;

type Kind = (typeof kinds)[number];

function judgeModel(model: ReviewedModel, allowed: Set<Kind>): PartialAnswer {
  const { state, review } = model;
  if (state.kind === "new" || state.kind === "removed") return { answer: "not-applicable", findings: [] };
  const diff = state.kind === "compared" ? (review?.schema ?? null) : null;
  if (diff === null) return { answer: "cannot-tell", findings: [unjudged(model)] };
  const findings = changesOf(diff)
    .filter(({ kind }) => !allowed.has(kind))
    .map((change) => changed(model.id, change));
  return { answer: findings.length > 0 ? "fail" : "pass", findings };
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
  const noun = added ? "new column" : "allowed change of the schema";
  const plural = added ? "new columns" : "allowed changes of the schema";
  const list = told.slice(0, shownChanges).map(shorten).join(", ");
  return `${told.length} ${told.length === 1 ? noun : plural}${added ? " (allowed)" : ""}: ${list}${left > 0 ? ` and ${left} more` : ""}`;
}

const shownChanges = 3;
const longestName = 80;

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > longestName ? `${characters.slice(0, longestName).join("")}…` : text;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

interface Change {
  kind: Kind;
  name: string;
  title: string;
  from: string | null;
  to: string | null;
}

function changesOf({ added, removed, renamed, moved = [], retyped, target }: SchemaDiff): Change[] {
  return [
    ...movesOf(moved),
    ...removed.map(
      (name): Change => ({ kind: "removed", name, title: `Column ${name} is gone`, from: name, to: null }),
    ),
    ...renamed.map(
      ({ from, to }): Change => ({
        kind: "renamed",
        name: from,
        title: `Column ${from} is now called ${to}`,
        from,
        to,
      }),
    ),
    ...retyped.map(
      ({ column, from, to, texts }): Change => ({
        kind: "retyped",
        name: column,
        title: `Column ${column} was ${from}${from === "numeric" ? "" : describeTexts(texts)} and is now ${to}${to === "numeric" ? "" : describeTexts(texts)}`,
        from,
        to,
      }),
    ),
    ...added.map((name): Change => ({ kind: "added", name, title: `Column ${name} is new`, from: null, to: name })),
    ...valuesOf(target?.removed ?? [], "target-removed"),
    ...valuesOf(target?.added ?? [], "target-added"),
  ];
}

/** A few values are told one by one; many came or went together. */
function valuesOf(values: string[], kind: "target-added" | "target-removed"): Change[] {
  const verb = kind === "target-added" ? "has" : "lost";
  const change = (name: string, title: string): Change => ({
    kind,
    name,
    title,
    ...(kind === "target-added" ? { from: null, to: shorten(name) } : { from: shorten(name), to: null }),
  });
  if (values.length <= shownChanges) {
    const noun = kind === "target-added" ? "a new value" : "the value";
    return values.map((name) => change(name, `The target ${verb} ${noun} ${name}`));
  }
  const shown = values.slice(0, shownChanges).map(shorten).join(", ");
  const which = `${values.length} ${kind === "target-added" ? "new values" : "values"}`;
  return [change(values.join(", "), `The target ${verb} ${which}: ${shown} and ${values.length - shownChanges} more`)];
}

/** What keeps cells from being numbers: ` (16 cells with "?")`. */
function describeTexts(texts: SchemaDiff["retyped"][number]["texts"]): string {
  if (texts === undefined) return "";
  const { cells, values } = texts;
  return ` (${cells} ${cells === 1 ? "cell" : "cells"} with ${values.map((text) => `"${shorten(text)}"`).join(", ")})`;
}

/** Columns change places together, and are put back together. */
function movesOf(moved: NonNullable<SchemaDiff["moved"]>): Change[] {
  const [first, ...others] = moved;
  if (first === undefined) return [];
  const named = others.slice(0, shownChanges - 1).map(({ from, to }) => `, those of ${from} in ${to}`);
  const left = others.length - named.length;
  const more = left === 0 ? "" : `, and ${left} more ${left === 1 ? "column" : "columns"} moved`;
  return [
    {
      kind: "moved",
      name: moved.map(({ from, to }) => `${from} → ${to}`).join(", "),
      title: `The values of ${first.from} are now in ${first.to}${named.join("")}${more}`,
      from: moved.map(({ from }) => from).join(", "),
      to: moved.map(({ to }) => to).join(", "),
    },
  ];
}

const undo: Partial<Record<Kind, string>> = {
  moved: "Put the columns back, or write their names in the order of the file",
};

function changed(model: string, { kind, name, title, from, to }: Change): Finding {
  return newFinding(
    id,
    kind,
    {
      title,
      evidence: { kind, from, to },
      remedy: `${undo[kind] ?? "Undo it in the data"}, or accept it by adding ${kind} to allow of data-schema in the policy first.`,
      model,
      ...(kind.startsWith("target") || kind === "moved" ? {} : { column: name }),
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
