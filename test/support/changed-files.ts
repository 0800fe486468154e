import { readFileSync } from "node:fs";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { parseExperiment } from "../../pipeline/experiment/parse-experiment.ts";
import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import type { ModelReview, Side } from "../../pipeline/review/model-review.ts";
import { reviewModel } from "../../pipeline/review/review-model.ts";
import type { Revision } from "../../pipeline/review/revision.ts";
import { revisionData } from "../../pipeline/revision-data.ts";
import { hashBytes } from "../../pipeline/stats/hash.ts";
import { referenceData } from "./reference-data.ts";
import { aReviewJob } from "./review-jobs.ts";

const versions = ["before", "after"] as const;

/** Whether both versions of a changed file are on this machine. */
export function hasChange(change: string): boolean {
  return versions.every((version) => referenceData(`changes/${change}/${version}.csv`) !== undefined);
}

/**
 * The review of one model whose data is a file before and after a commit. No metric is gated, so that classifications
 * and regressions are asked alike.
 *
 * @param yaml the experiment of both sides, without its data
 */
export async function reviewChange(change: string, yaml: string): Promise<ModelReview> {
  const experiment = readExperiment(yaml);
  const [base, head] = versions.map((version): Revision => {
    const file = referenceData(`changes/${change}/${version}.csv`)!;
    const bytes = readFileSync(file);
    const data = revisionData([{ path: "data.csv", file, blob: hashBytes(bytes), size: bytes.length }]);
    return { state: "ready", commit: version, experiment, data };
  });
  return reviewModel(aReviewJob(base!, head!, { model: change, experimentPath: "experiment.yml", metrics: {} }));
}

function readExperiment(yaml: string): Experiment {
  const parsed = parseExperiment(`data: data.csv\n${yaml}`, "experiment.yml");
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(" "));
  return parsed.value;
}

/** All that a review says, in few words; of the metrics only those with a detectable difference. */
export function summarize({ base, head, changed, comparison, schema, drift, integrity }: ModelReview) {
  return {
    sides: `${describeSide(base)} → ${describeSide(head)}`,
    changed: Object.entries(changed ?? {}).flatMap(([what, differs]) => (differs ? [what] : [])),
    comparison:
      comparison &&
      `${comparison.status}, ${comparison.holdout.base} → ${comparison.holdout.head} rows, ${comparison.holdout.common} common`,
    reasons: comparison?.reasons ?? [],
    differences:
      comparison?.status === "compared"
        ? comparison.metrics.flatMap(({ metric, verdict }) =>
            verdict === "no-detectable-change" ? [] : [`${metric} ${verdict}`],
          )
        : [],
    schema: schema && describeSchema(schema),
    drift: drift && [drift.answer, ...drift.columns.flatMap((one) => (one.answer === "drifted" ? [one.column] : []))],
    // without a base nothing is known to be old
    integrity: integrity?.entries.filter(({ isNew }) => isNew !== false).map(describeEntry) ?? null,
  };
}

/** Its state, and the codes of its problems or notes. */
function describeSide(side: Side): string {
  if (side.state === "absent") return side.state;
  const told = side.state === "ran" ? side.run.notes : side.problems;
  return [side.state, ...told.map(({ code }) => code)].join(" ");
}

const describeEntry = ({ kind, column }: { kind: string; column: string | null }) =>
  column === null ? kind : `${kind} ${column}`;

function describeSchema({
  added,
  removed,
  renamed,
  moved,
  retyped,
  target,
  rows,
  cells,
  rewritten,
  resorted,
  format,
}: SchemaDiff) {
  const { base, head, ...counts } = rows;
  return [
    `rows ${base} → ${head}: ${Object.entries(counts)
      .flatMap(([what, count]) => (count === 0 ? [] : `${count} ${what}`))
      .join(", ")}`,
    ...added.map((column) => `added ${column}`),
    ...removed.map((column) => `removed ${column}`),
    ...renamed.map(({ from, to, similarity }) => `renamed ${from} → ${to} ${similarity.toFixed(4)}`),
    ...(moved ?? []).map(({ from, to, similarity }) => `moved ${from} → ${to} ${similarity.toFixed(4)}`),
    ...retyped.map(
      ({ column, from, to, texts }) =>
        `retyped ${column}: ${from} → ${to}${texts ? `, ${texts.cells} of ${texts.values}` : ""}`,
    ),
    ...(target?.added ?? []).map((value) => `new target value ${value}`),
    ...(target?.removed ?? []).map((value) => `vanished target value ${value}`),
    ...(cells ?? []).map(({ column, changed }) => `${changed} cells of ${column}`),
    ...(rewritten ?? []).map(({ column, spelling = "" }) => `rewritten ${column} ${spelling}`),
    ...(resorted ? ["resorted"] : []),
    ...(format ?? []).map(({ what, from, to }) => `${what}: ${from} → ${to}`),
  ];
}
