import { z } from "zod";
import { minimumSliceRows } from "../../pipeline/compare/compare-slices.ts";
import type { Comparison, DiscoveredSlice, MetricComparison } from "../../pipeline/compare/comparison.ts";
import { headRun, isUnchanged, type ReviewedModel, reviewedModels, troubleOf } from "../facts/model-state.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { onBaseRows, rowsDecide } from "../verdict/rows-decide.ts";
import { countOf } from "../words/count-of.ts";
import { largestFirst } from "../words/loss-size.ts";
import { nameSlice } from "../words/name-slice.ts";

const id = "slice-regression";

const options = z.strictObject({
  minimum_rows: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(minimumSliceRows)
    .describe("Slices with fewer common hold-out rows are shown, but do not fail."),
  discovered: z
    .enum(["fail", "ignore"])
    .default("fail")
    .describe(
      "What a slice does that nobody named and the search found to be worse. It is shown in either case; with `level: block`, ignore lets only the named slices block.",
    ),
});

type Options = z.infer<typeof options>;

export default {
  id,
  title: "Slice regression",
  group: "model",
  defaultLevel: "warn",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "No gated metric gets worse within a slice: in the values of the columns that a model's `slices` name, in the slices that acceptance criteria ask for, and in those that the search for the worst slices found.",
    passes: "No slice is worse beyond the metric's tolerance, after the correction for the number of slices.",
    fails:
      "In a slice a gated metric is worse than its tolerance allows and the interval excludes zero, or a discovered slice is worse than the rest beyond chance (Brier score, or mean absolute error).",
    cannotTell: "Slices are named and a side could not be run, the sides can't be compared, or a named column is gone.",
  },
  run(facts, options) {
    const models = reviewedModels(facts);
    const slices = models.reduce((count, { review }) => count + (review?.comparison?.slices.length ?? 0), 0);
    return combineAnswers(
      models.map((model) => judgeModel(model, options)),
      {
        pass: models.every(isUnchanged)
          ? "slices not changed"
          : slices === 0
            ? "no worse slice found"
            : "no slice got worse",
        fail: (findings) => `worse in ${countOf(worseSlices(findings), "slice")}`,
        "cannot-tell": "slices could not be compared with the base",
        "not-applicable": "slices: nothing to compare",
      },
    );
  },
  badness: {
    docs: "the loss",
    of: ({ evidence: { verdict, difference } }) =>
      verdict === "regressed" && typeof difference === "number" ? { value: Math.abs(difference), unit: "" } : null,
  },
} satisfies Check<Options>;

function judgeModel(model: ReviewedModel, options: Options): PartialAnswer {
  const { state, policy } = model;
  if (state.kind === "new" || state.kind === "removed") return { answer: "not-applicable", findings: [] };
  const comparison = state.kind === "compared" ? state.comparison : null;
  if (comparison === null || comparison.status === "incomparable") {
    if (policy.slices.length === 0) return { answer: "not-applicable", findings: [] };
    return { answer: "cannot-tell", findings: [unjudged(model, comparison)] };
  }
  const found = regressedSlices(comparison, options);
  const onBoth = found.filter((slice) => isWorseOnBoth(slice, comparison));
  const worse = [
    ...onBoth.map((slice) => worseSlice(model.id, slice, false)),
    ...ownSlices(model, comparison, options),
    ...discoveredSlices(model.id, comparison, options),
  ];
  const decided = decidedByRows(
    model.id,
    comparison,
    found.filter((slice) => !onBoth.includes(slice)),
  );
  if (worse.length > 0) {
    return { answer: "fail", findings: [...worse, ...decided.map((one) => ({ ...one, unclear: true as const }))] };
  }
  if (decided.length > 0) return { answer: "cannot-tell", findings: decided };
  const gone = goneColumns(model);
  if (gone.length > 0) return { answer: "cannot-tell", findings: gone.map((column) => goneColumn(model.id, column)) };
  const looked = comparison.slices.length > 0 || (comparison.discovery?.searched ?? 0) > 0;
  return { answer: looked ? "pass" : "not-applicable", findings: [] };
}

/** A slice in which three metrics got worse is one slice. */
function worseSlices(findings: Finding[]): number {
  const worse = findings.filter(({ evidence }) => evidence.verdict === "regressed");
  return new Set(worse.map(({ model, slice }) => JSON.stringify([model, slice]))).size;
}

function isWorseOnBoth(found: DiscoveredSlice, comparison: Comparison): boolean {
  const isBad = ({ slices }: Pick<Comparison, "slices">) => {
    const verdict = metricIn(slices, found)?.verdict ?? "incomparable";
    return verdict === "regressed" || verdict === "incomparable";
  };
  return onBaseRows(comparison, isBad) === "bad";
}

/** That changed rows decide about slices, told once with the worst of them. */
function decidedByRows(model: string, comparison: Comparison, slices: DiscoveredSlice[]): Finding[] {
  const [worst] = slices;
  if (worst === undefined) return [];
  const kept = metricIn(comparison.kept?.slices ?? [], worst)?.difference ?? null;
  const evidence = { discovered: false, ...numbersOf(worst.metric), kept, slice: nameSlice(worst.conditions) };
  const subject = slices.length === 1 ? `a slice of ${model}` : `${countOf(slices.length, "slice")} of ${model}`;
  return rowsDecide(id, subject, { model }, comparison, { ...evidence, metric: worst.metric.title });
}

/** Slices that are worse by the head's own view of itself, and not by the base's. */
function ownSlices({ id: model, review }: ReviewedModel, { slices }: Comparison, options: Options): Finding[] {
  const view = review?.headView ?? null;
  if (view?.status !== "compared") return [];
  return regressedSlices(view, options)
    .filter((found) => metricIn(slices, found)?.verdict !== "regressed")
    .map((found) => worseSlice(model, found, false));
}

function regressedSlices({ slices }: Pick<Comparison, "slices">, { minimum_rows }: Options): DiscoveredSlice[] {
  return (
    slices
      .filter(({ rows }) => rows >= minimum_rows)
      .flatMap(({ slice, rows, metrics }) =>
        metrics
          .filter(({ gated, verdict }) => gated && verdict === "regressed")
          .map((metric) => ({ conditions: [slice], rows, measuredOn: rows, metric })),
      )
      // the largest loss first
      .toSorted((left, right) => largestFirst(left.metric, right.metric))
  );
}

function metricIn(slices: Comparison["slices"], { conditions, metric }: DiscoveredSlice): MetricComparison | undefined {
  const [wanted] = conditions;
  const found = slices.find(({ slice }) => slice.column === wanted!.column && slice.value === wanted!.value);
  return found?.metrics.find((one) => one.metric === metric.metric);
}

function discoveredSlices(model: string, { discovery }: Comparison, options: Options): Finding[] {
  if (options.discovered === "ignore") return [];
  const found = discovery?.slices.filter(({ rows }) => rows >= options.minimum_rows) ?? [];
  return found.map((slice) => worseSlice(model, slice, true));
}

function worseSlice(model: string, { conditions, rows, measuredOn, metric }: DiscoveredSlice, found: boolean): Finding {
  const slice = nameSlice(conditions);
  return newFinding(id, found ? "discovered" : "regressed", {
    title: `${metric.title} of ${model} got worse where ${slice}`,
    evidence: { verdict: "regressed", discovered: found, rows, measuredOn, ...numbersOf(metric) },
    remedy: found
      ? "See what the change does to these rows. If they matter, name the column under slices in the policy."
      : "Repair it for these rows, or raise the metric's tolerance in the policy first.",
    model,
    metric: metric.metric,
    slice,
  });
}

function numbersOf({ base, head, difference, interval, tolerance, test }: MetricComparison): Finding["evidence"] {
  return { base, head, difference, low: interval?.low ?? null, high: interval?.high ?? null, tolerance, test };
}

/** Named columns that the head's data does not have: a slice must not pass by being renamed. */
function goneColumns({ policy, state }: ReviewedModel): string[] {
  const columns = new Set(headRun(state)?.profile.columns.map(({ name }) => name));
  return policy.slices.filter((name) => !columns.has(name));
}

function goneColumn(model: string, column: string): Finding {
  return newFinding(id, "column-gone", {
    title: `The slices of ${model} by ${column} can't be compared`,
    evidence: { verdict: "none", reason: "the head's data has no such column" },
    remedy: "Keep the column under its name, or take it out of slices in the policy first.",
    model,
    column,
  });
}

function unjudged({ id: model, state }: ReviewedModel, comparison: Comparison | null): Finding {
  return newFinding(id, "unjudged", {
    title: `The slices of ${model} can't be compared`,
    evidence: {
      verdict: "none",
      reason: comparison?.reasons.join(" ") ?? troubleOf(state) ?? "no comparison came back",
    },
    remedy: "Make both sides run and comparable again; what stands about the model's metrics says how.",
    model,
  });
}
