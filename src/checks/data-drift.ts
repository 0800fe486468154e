import { z } from "zod";
import type { ColumnDrift, DriftReport } from "../../pipeline/drift/drift-report.ts";
import { type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import { movedColumns } from "../facts/moved-columns.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "data-drift";

const options = z.strictObject({
  scope: z
    .enum(["column", "dataset"])
    .default("column")
    .describe(
      "column: one drifted column fails. dataset: only when the share of drifted columns reaches `drift.share`.",
    ),
});

export default {
  id,
  title: "Data drift",
  group: "data",
  defaultLevel: "warn",
  defaultsSince: { 2: { level: "block" } },
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "The head's data is distributed like the base's. A model's `drift` in the policy sets the thresholds, and names columns that may always change: `drift: { exclude: [age], thresholds: { numeric: 0.2 } }`.",
    passes: "No column (or, with `scope: dataset`, not the data set as a whole) drifted.",
    fails:
      "The effect size of a feature or the target is at or over its threshold, its corrected q is small, and there are enough rows. What the models predict is shown and never fails.",
    cannotTell:
      "A side could not be run, a column can't be compared, or the head fell below the minimum of rows. Columns that hold the values of other ones are told in one sentence and not judged: `data-schema` names them, and until they are put back or excluded nobody knows whether the values drifted.",
  },
  run(facts, { scope }) {
    const models = reviewedModels(facts);
    const columns = models.reduce((sum, { review }) => sum + judgedColumns(review?.drift).length, 0);
    const moved = predictionsOf(models);
    return combineAnswers(
      models.map((model) => judgeModel(model, scope)),
      {
        pass:
          columns === 0
            ? `no data drift${moved}`
            : `no ${scope === "dataset" ? "data set " : ""}drift in ${countOf(columns, "column")}${moved}`,
        fail: (findings) =>
          `${countOf(findings.filter(({ evidence }) => evidence.answer === "drifted").length, "column")} drifted${moved}`,
        "cannot-tell": "data drift could not be judged",
        "not-applicable": "data drift: nothing to compare",
      },
    );
  },
  badness: {
    docs: "the effect size",
    of: ({ evidence: { effect, statistic } }) =>
      typeof effect === "number" ? { value: effect, unit: String(statistic) } : null,
  },
} satisfies Check<z.infer<typeof options>>;

function judgeModel(model: ReviewedModel, scope: "column" | "dataset"): PartialAnswer {
  const { state, review, policy } = model;
  if (state.kind === "new" || state.kind === "removed") return { answer: "not-applicable", findings: [] };
  const drift = review?.drift ?? null;
  if (drift === null) return { answer: "cannot-tell", findings: [unjudged(model)] };
  if (drift.reference !== undefined && drift.columns.length === 0 && drift.multivariate === undefined) {
    return { answer: "cannot-tell", findings: [unreadableReference(model.id, drift)] };
  }
  const moved = movedColumns(review);
  const judged = judgedColumns(drift);
  const columns = judged.filter((column) => !moved.has(column));
  const left = judged.filter((column) => moved.has(column));
  const unjudgedMoves = left.length > 0 ? [movedTogether(model.id, left)] : [];
  const drifted = columns.filter(({ answer }) => answer === "drifted");
  // What the whole data set did is known only of columns that stayed where they were.
  const whole = drift.answer === "drifted" && (left.length === 0 || drifted.length > 0);
  const fails = scope === "column" ? drifted.length > 0 : whole;
  if (fails) {
    const findings = drifted.map((column) => driftedColumn(model.id, column));
    const unclear = unjudgedMoves.map((finding) => ({ ...finding, unclear: true as const }));
    return { answer: "fail", findings: [...findings, ...unclear] };
  }
  const unclear = columns.filter((column) => isUnclear(column, policy.drift.minimumRows));
  if (unclear.length + left.length > 0) {
    const findings = unclear.map((column) => unclearColumn(model.id, column));
    return { answer: "cannot-tell", findings: [...findings, ...unjudgedMoves] };
  }
  // Data can drift under a model that can't be trained; that it did not is only said of one that was.
  if (state.kind !== "compared") return { answer: "cannot-tell", findings: [unjudged(model)] };
  return { answer: judgesNothing(drift.answer, columns) ? "not-applicable" : "pass", findings: [] };
}

/** Too few rows on both sides is a property of the repository; too few only at the head is this change's doing. */
function isUnclear({ answer, rows }: ColumnDrift, minimumRows: number): boolean {
  return answer === "not-comparable" || (answer === "not-enough-data" && rows.base >= minimumRows);
}

/** A report without columns is about data that did not change. */
function judgesNothing(whole: DriftReport["answer"], columns: ColumnDrift[]): boolean {
  if (columns.length === 0) return whole !== "stable";
  return columns.every(({ answer }) => answer === "not-enough-data");
}

/** Features and the target. Predictions follow from data and model, and nobody can exclude them: they are only told. */
function judgedColumns(drift: DriftReport | null | undefined): ColumnDrift[] {
  return drift?.columns.filter(({ role }) => role !== "prediction") ?? [];
}

function predictionsOf(models: ReviewedModel[]): string {
  const moved = models.flatMap(({ review }) => {
    const others = movedColumns(review);
    return (review?.drift?.columns ?? []).filter((column) => isMovedPrediction(column) && !others.has(column));
  });
  if (moved.length === 0) return "";
  return `; predictions moved, which does not count (${moved.map(({ column, description }) => `${column}: ${description}`).join("; ")})`;
}

function isMovedPrediction({ role, answer }: ColumnDrift): boolean {
  return role === "prediction" && answer === "drifted";
}

function driftedColumn(model: string, column: ColumnDrift): Finding {
  return newFinding(id, "drifted", {
    title: `${column.column} drifted`,
    evidence: {
      answer: "drifted",
      statistic: column.statistic,
      effect: column.effect,
      threshold: column.threshold,
      q: column.q,
      description: column.description,
    },
    remedy: `See whether the change of ${column.column} is wanted. If it may always change, exclude it under drift in the policy first.`,
    model,
    column: column.column,
  });
}

function unclearColumn(model: string, { column, answer, rows, description }: ColumnDrift): Finding {
  return newFinding(id, answer, {
    title: `The drift of ${column} can't be judged`,
    evidence: { answer, baseRows: rows.base, headRows: rows.head, description },
    remedy: "See whether the column still holds what it held, or exclude it under drift in the policy first.",
    model,
    column,
  });
}

function movedTogether(model: string, columns: ColumnDrift[]): Finding {
  const they = columns.length === 1 ? "it holds" : "they hold";
  return newFinding(id, "moved", {
    title: `The drift of ${countOf(columns.length, "column")} of ${model} isn't judged`,
    evidence: { answer: "none", reason: `${they} the values of other columns now, which the data schema names` },
    remedy: `Put the values back, or exclude ${columns.length === 1 ? "the column" : "these columns"} under drift in the policy first.`,
    model,
  });
}

function unreadableReference(model: string, { rule, reference }: DriftReport): Finding {
  return newFinding(id, "reference", {
    title: `The drift of ${model} can't be judged`,
    evidence: { answer: "none", reason: rule.replace(/[.\s]+$/, "") },
    remedy: `Commit ${reference} to the base branch, or name another file under drift.reference in the policy.`,
    model,
  });
}

function unjudged(model: ReviewedModel): Finding {
  return newFinding(id, "unjudged", {
    title: `The data of ${model.id} could not be compared`,
    evidence: { answer: "none", reason: troubleOf(model.state) ?? "no drift report came back" },
    remedy: "Make both sides run again; the problems of the model say what is wrong.",
    model: model.id,
  });
}
