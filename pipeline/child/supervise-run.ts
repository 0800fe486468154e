import { rename } from "node:fs/promises";
import { join } from "node:path";
import { type Outcome, outcomeSchema } from "../problem.ts";
import { everyFile } from "../revision-data.ts";
import type { Supervised, SuperviseOptions } from "./protocol.ts";
import { type ReportedRun, type RunJob, reportedRunSchema, stagedName } from "./run-protocol.ts";
import { superviseChild } from "./supervise-child.ts";

/**
 * Runs one experiment in a child process with limits.
 *
 * @param staged an absent folder for the files of the run, on the disk of temporary files; null when none are wanted
 */
export function superviseRun(
  job: Omit<RunJob, "files">,
  staged: string | null,
  options: SuperviseOptions,
): Promise<Supervised<Outcome<ReportedRun>>> {
  return superviseChild(
    {
      entry: join(import.meta.dirname, "run-main.ts"),
      job: { ...job, files: staged !== null } satisfies RunJob,
      reads: everyFile(job.data).map(({ file }) => file),
      writes: [],
      answer,
      what: "a run",
      deliver: async ({ ok }, folder) => {
        if (ok && staged !== null) await rename(join(folder, stagedName), staged);
      },
    },
    options,
  );
}

const answer = outcomeSchema(reportedRunSchema);
