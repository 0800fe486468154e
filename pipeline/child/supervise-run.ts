import { rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Outcome } from "../problem.ts";
import { everyFile } from "../revision-data.ts";
import type { SuperviseOptions, Unfinished } from "./protocol.ts";
import { type ReadResult, readResult } from "./read-result.ts";
import { problemSchema, runSummarySchema } from "./review-schema.ts";
import { type ReportedRun, type RunJob, stagedName } from "./run-protocol.ts";
import { superviseChild } from "./supervise-child.ts";

const entry = fileURLToPath(new URL("./run-main.ts", import.meta.url));

const problems = z.array(problemSchema);
const answer = z.union([
  z.object({ ok: z.literal(true), value: runSummarySchema, notes: problems }),
  z.object({ ok: z.literal(false), problems }),
]);

/** How a supervised run ended. */
export type RunOutcome = { ended: "finished"; answer: Outcome<ReportedRun> } | Unfinished;

/**
 * Runs one experiment in a child process with limits.
 *
 * @param staged an absent folder for the files of the run, on the disk of temporary files; null when none are wanted
 */
export function superviseRun(
  job: Omit<RunJob, "files">,
  staged: string | null,
  options: SuperviseOptions,
): Promise<RunOutcome> {
  return superviseChild<RunOutcome>(
    {
      entry,
      job: { ...job, files: staged !== null } satisfies RunJob,
      reads: everyFile(job.data).map(({ file }) => file),
      writes: [],
      collect: async (folder, stderr) => {
        const read: ReadResult = await readResult(join(folder, "result.json"), stderr, answer, "a run");
        if (read.ended !== "finished") return read;
        const outcome = read.result as Outcome<ReportedRun>;
        if (outcome.ok && staged !== null) await rename(join(folder, stagedName), staged);
        return { ended: "finished", answer: outcome };
      },
    },
    options,
  );
}
