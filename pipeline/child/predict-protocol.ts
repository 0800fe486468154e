import { z } from "zod";

/** A file as a person named it, and where it lies. */
const namedFileSchema = z.object({ path: z.string(), file: z.string() });
export type NamedFile = z.infer<typeof namedFileSchema>;

export const predictJobSchema = z.object({
  model: namedFileSchema,
  data: namedFileSchema,
  /** Says how the data is written: separators, encoding, markers of missing cells. */
  experiment: namedFileSchema.nullable(),
});
export type PredictJob = z.infer<typeof predictJobSchema>;

/** The file, within the folder of the child, in which the predictions are. */
export const predictionsName = "predictions.csv";
