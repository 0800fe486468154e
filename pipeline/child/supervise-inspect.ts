import { join } from "node:path";
import { type Outcome, outcomeSchema } from "../problem.ts";
import { everyFile } from "../revision-data.ts";
import { type Inspection, type InspectJob, inspectionSchema } from "./inspect-protocol.ts";
import type { Supervised, SuperviseOptions } from "./protocol.ts";
import { superviseChild } from "./supervise-child.ts";

/** Looks at the data of one experiment in a child process with limits. */
export function superviseInspect(job: InspectJob, options: SuperviseOptions): Promise<Supervised<Outcome<Inspection>>> {
  return superviseChild(
    {
      entry: join(import.meta.dirname, "inspect-main.ts"),
      job,
      reads: everyFile(job.data).map(({ file }) => file),
      writes: [],
      answer,
      what: "an inspection",
    },
    options,
  );
}

const answer = outcomeSchema(inspectionSchema);
