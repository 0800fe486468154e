import { z } from "zod";
import { loadedExperimentSchema } from "../experiment/experiment.ts";
import { problemSchema } from "../problem.ts";
import { revisionDataSchema } from "../revision-data.ts";

/** Something about this revision is wrong; nothing was run. */
export const withProblems = z.object({
  state: z.literal("problems"),
  commit: z.string(),
  problems: z.array(problemSchema),
});
/** The experiment file does not exist on this side. */
export const absent = z.object({ state: z.literal("absent"), commit: z.string() });

/** One revision of one model, ready to run: the experiment is parsed, the data lies in local files. */
export const revisionSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("ready"),
    commit: z.string(),
    experiment: loadedExperimentSchema,
    data: revisionDataSchema,
  }),
  withProblems,
  absent,
]);
export type Revision = z.infer<typeof revisionSchema>;
