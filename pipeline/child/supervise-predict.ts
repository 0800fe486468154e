import { join } from "node:path";
import { z } from "zod";
import { type Outcome, outcomeSchema, type Problem } from "../problem.ts";
import { type PredictJob, predictionsName } from "./predict-protocol.ts";
import type { Supervised, SuperviseOptions } from "./protocol.ts";
import { superviseChild } from "./supervise-child.ts";

/**
 * Predicts with a model file in a child process with limits.
 *
 * @param deliver takes the finished CSV file before it is removed
 */
export function supervisePredict(
  job: PredictJob,
  deliver: (file: string, notes: Problem[]) => Promise<void>,
  options: SuperviseOptions,
): Promise<Supervised<Outcome<null>>> {
  return superviseChild(
    {
      entry: join(import.meta.dirname, "predict-main.ts"),
      job,
      reads: [job.model, job.data, ...(job.experiment === null ? [] : [job.experiment])].map(({ file }) => file),
      writes: [],
      answer,
      what: "a prediction",
      deliver: async (predicted, folder) => {
        if (predicted.ok) await deliver(join(folder, predictionsName), predicted.notes);
      },
    },
    options,
  );
}

const answer = outcomeSchema(z.null());
