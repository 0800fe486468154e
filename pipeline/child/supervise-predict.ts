import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Outcome, Problem } from "../problem.ts";
import { type PredictJob, predictionsName } from "./predict-protocol.ts";
import type { SuperviseOptions, Unfinished } from "./protocol.ts";
import { type ReadResult, readResult } from "./read-result.ts";
import { problemSchema } from "./review-schema.ts";
import { superviseChild } from "./supervise-child.ts";

const entry = fileURLToPath(new URL("./predict-main.ts", import.meta.url));

const problems = z.array(problemSchema);
const answer = z.union([
  z.object({ ok: z.literal(true), value: z.null(), notes: problems }),
  z.object({ ok: z.literal(false), problems }),
]);

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
        const read: ReadResult = await readResult(join(folder, "result.json"), stderr, answer, "a prediction");
        if (read.ended !== "finished") return read;
        const outcome = read.result as Outcome<null>;
        if (outcome.ok) await deliver(join(folder, predictionsName), outcome.notes);
        return { ended: "finished", answer: outcome };
      },
    },
    options,
  );
}
