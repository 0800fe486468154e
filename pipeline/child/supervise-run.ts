import { rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Outcome, outcomeSchema } from "../problem.ts";
import { everyFile } from "../revision-data.ts";
import type { SuperviseOptions, Unfinished } from "./protocol.ts";
import { readResult } from "./read-result.ts";
import { type ReportedRun, type RunJob, reportedRunSchema, stagedName } from "./run-protocol.ts";
import { superviseChild } from "./supervise-child.ts";

const entry = fileURLToPath(new URL("./run-main.ts", import.meta.url));

const answer = outcomeSchema(reportedRunSchema);

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
        const read = await readResult(join(folder, "result.json"), stderr, answer, "a run");
        if (read.ended !== "finished") return read;
        if (read.result.ok && staged !== null) await rename(join(folder, stagedName), staged);
        return { ended: "finished", answer: read.result };
      },
    },
    options,
  );
}
