import { formatCount, percent } from "../words.ts";
import type { ColumnDrift, DriftOptions, DriftReport } from "./drift-report.ts";

/**
 * Whether the data set as a whole drifted, and the rule with its numbers as one sentence: at least `share` of the judged
 * features drifted, or the target did. Predictions do not count: they follow from the data and the model.
 */
export function dataSetAnswer(
  columns: ColumnDrift[],
  { share, minimumRows }: Pick<DriftOptions, "share" | "minimumRows">,
): Pick<DriftReport, "answer" | "rule"> {
  const features = columns.filter((column) => column.role === "feature");
  const target = columns.find((column) => column.role === "target");
  const judged = features.filter((column) => column.answer === "drifted" || column.answer === "stable");
  const drifted = judged.filter((column) => column.answer === "drifted").length;
  const targetDrifted = target?.answer === "drifted";
  const targetJudged = targetDrifted || target?.answer === "stable";
  if (judged.length === 0 && !targetJudged) {
    const few = columns.some((column) => column.answer === "not-enough-data");
    return few
      ? {
          answer: "not-enough-data",
          rule: `No column has ${formatCount(minimumRows)} values on both sides, so none was judged.`,
        }
      : { answer: "not-comparable", rule: "No column exists on both sides in a form that can be compared." };
  }
  const reached = drifted > 0 && drifted >= share * judged.length - 1e-9;
  const clauses: string[] = [];
  if (judged.length > 0) {
    const counted = `${formatCount(drifted)} of ${formatCount(judged.length)} judged ${judged.length === 1 ? "feature" : "features"} drifted`;
    const limit = `${percent(share)} ${reached ? "is enough" : "would count"}`;
    clauses.push(`${counted} (${percent(drifted / judged.length)}; ${limit})`);
  }
  const unjudged = features.length - judged.length;
  if (unjudged > 0) clauses.push(`${formatCount(unjudged)} could not be judged`);
  if (target) clauses.push(targetClause(target));
  const answer = reached || targetDrifted ? "drifted" : "stable";
  const whole = `the data set as a whole ${answer === "drifted" ? "drifted" : "is stable"}`;
  return { answer, rule: `${whole}: ${clauses.join("; ")}.` };
}

function targetClause(target: ColumnDrift): string {
  if (target.answer === "drifted") return "the target drifted, which is enough on its own";
  return target.answer === "stable" ? "the target did not" : "the target could not be judged";
}
