import { z } from "zod";
import { loadedExperimentSchema } from "../experiment/experiment.ts";
import { revisionDataSchema } from "../revision-data.ts";
import { runSchema } from "../run-result.ts";

/** One experiment and its data in local files. */
export const runJobSchema = z.object({
  experiment: loadedExperimentSchema,
  /** Repository path of the experiment file, for problems. */
  experimentPath: z.string(),
  data: revisionDataSchema,
  /** Whether the run is written as files, too. */
  files: z.boolean(),
});
export type RunJob = z.infer<typeof runJobSchema>;

/** A run without its rows and weights, which only the files have. */
export const reportedRunSchema = runSchema.omit({ holdout: true, model: true });
export type ReportedRun = z.infer<typeof reportedRunSchema>;

/** The folder, within that of the child, in which the files of a run are. */
export const stagedName = "run";
