import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultDriftOptions } from "../../pipeline/drift/default-drift-options.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { ReviewJob } from "../../pipeline/review/model-review.ts";
import type { Revision } from "../../pipeline/review/revision.ts";
import { revisionData } from "../../pipeline/revision-data.ts";
import { hashBytes } from "../../pipeline/stats/hash.ts";
import { anExperiment } from "./runs.ts";

/** A revision whose data lies in `folder`, as a file of these lines or bytes. Its experiment predicts income = yes. */
export async function aRevision(
  folder: string,
  commit: string,
  data: readonly string[] | Buffer,
  experiment: Partial<Experiment> = {},
): Promise<Revision> {
  const bytes = data instanceof Buffer ? data : Buffer.from(`${data.join("\n")}\n`);
  const blob = hashBytes(bytes);
  const file = join(folder, blob);
  await writeFile(file, bytes);
  return {
    state: "ready",
    commit,
    experiment: anExperiment({ data: "data/income.csv", target: "income", positive: "yes", ...experiment }),
    data: revisionData([{ path: "data/income.csv", file, blob, size: bytes.length }]),
  };
}

/** A job that gates ROC AUC, without slices or a cache. */
export function aReviewJob(base: Revision, head: Revision, change: Partial<ReviewJob> = {}): ReviewJob {
  return {
    model: "income",
    experimentPath: "income.yml",
    base,
    head,
    metrics: { roc_auc: { tolerance: 0.005 } },
    sliceColumns: [],
    slices: [],
    drift: defaultDriftOptions,
    level: 0.95,
    cache: null,
    ...change,
  };
}
