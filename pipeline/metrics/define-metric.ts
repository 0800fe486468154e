import { undefinedBecause } from "../stats/statistic.ts";
import type { Metric, MetricValue, Scored } from "./metric.ts";

/** What a metric says of itself; what most do not have may be left out. */
export type MetricFacts = Omit<Metric, "compute" | "prepare" | Optional> & Partial<Pick<Metric, Optional>>;
/** What differs between metrics of one kind. */
export type OwnFacts = Pick<MetricFacts, "id" | "title" | "docs" | "order" | "aliases" | "roles">;

type Optional = "aliases" | "rowLoss" | "pairedTest" | "roles";

/** Evaluates one weight vector (absent: every row counts once). */
export type Evaluate = (weights?: Float64Array) => MetricValue;

/**
 * Makes a total metric out of its formula: what every metric has in common is answered here, once.
 *
 * `compute` and `prepare` run the same code, so they agree exactly. A row of weight zero counts as absent.
 *
 * @param start does the work that depends on the rows only (sorting, indexing) and returns the evaluation, which
 *   should take one pass over the rows. It may rely on at least one row, a fitting task and finite numbers.
 */
export function defineMetric(facts: MetricFacts, start: (scored: Scored) => Evaluate): Metric {
  const prepare = (scored: Scored): Evaluate => {
    const problem = problemWith(scored, facts);
    if (problem !== null) return () => undefinedBecause(problem);
    const evaluate = start(scored);
    return (weights) => {
      if (weights !== undefined && !weights.some((weight) => weight > 0)) {
        return undefinedBecause("every row has weight zero");
      }
      const answer = evaluate(weights);
      return answer.value === null || Number.isFinite(answer.value)
        ? answer
        : undefinedBecause("the result is not a finite number");
    };
  };
  const nothing = { aliases: [], rowLoss: null, pairedTest: null, roles: {} };
  return { ...nothing, ...facts, compute: (scored, weights) => prepare(scored)(weights), prepare };
}

function problemWith(scored: Scored, facts: Pick<Metric, "needs" | "tasks">): string | null {
  if (!facts.tasks.includes(scored.task)) return `it is not defined for ${scored.task} tasks`;
  if (scored.actual.length === 0) return "there are no rows";
  if (scored.task === "binary" && scored.positive === null) return "no class is declared positive";
  const numbers =
    scored.task === "regression" ? scored.predicted : facts.needs === "probabilities" ? scored.probabilities : null;
  return numbers === null || numbers.every(Number.isFinite) ? null : "a prediction is not a finite number";
}
