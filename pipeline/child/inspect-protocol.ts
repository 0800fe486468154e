import { z } from "zod";
import { loadedExperimentSchema } from "../experiment/experiment.ts";
import { taskSchema } from "../metrics/metric.ts";
import { problemSchema } from "../problem.ts";
import { revisionDataSchema } from "../revision-data.ts";

/** One experiment and its data in local files. */
export const inspectJobSchema = z.object({ experiment: loadedExperimentSchema, data: revisionDataSchema });
export type InspectJob = z.infer<typeof inspectJobSchema>;

/** What an experiment finds in its data before it trains. */
export const inspectionSchema = z.object({
  /** Names of the data's columns. */
  columns: z.array(z.string()),
  /** Null where a problem keeps it unknown. */
  task: taskSchema.nullable(),
  /** Why it could not be trained. */
  problems: z.array(problemSchema),
});
export type Inspection = z.infer<typeof inspectionSchema>;
