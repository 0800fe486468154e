import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Outcome, outcomeSchema, type Problem } from "../problem.ts";
import { type PredictJob, predictionsName } from "./predict-protocol.ts";
import type { SuperviseOptions, Unfinished } from "./protocol.ts";
import { readResult } from "./read-result.ts";
import { superviseChild } from "./supervise-child.ts";

const entry = fileURLToPath(new URL("./predict-main.ts", import.meta.url));

const answer = outcomeSchema(z.null());

/** How a supervised prediction ended. */
export type PredictOutcome = { ended: "finished"; answer: Outcome<null> } | Unfinished;

/**
 * Predicts with a model file in a child process with limits.
 *
 * @param deliver takes the finished CSV file before it is removed
 */
export function supervisePredict(
  job: PredictJob,
  deliver: (file: string, notes: Problem[]) => Promise<void>,
  options: SuperviseOptions,
): Promise<PredictOutcome> {
  return superviseChild<PredictOutcome>(
    {
      entry,
      job,
      reads: [job.model, job.data, ...(job.experiment === null ? [] : [job.experiment])].map(({ file }) => file),
      writes: [],
      collect: async (folder, stderr) => {
        const read = await readResult(join(folder, "result.json"), stderr, answer, "a prediction");
        if (read.ended !== "finished") return read;
        if (read.result.ok) await deliver(join(folder, predictionsName), read.result.notes);
        return { ended: "finished", answer: read.result };
      },
    },
    options,
  );
}
