import { z } from "zod";
import { columnName } from "./column-name.ts";
import { experimentSchema } from "./experiment-schema.ts";

export type { ColumnSplit, SplitOptions } from "./split-schema.ts";

/**
 * A model's own definition as written in `experiment.yml`, after defaults. Paths are relative to the repository root. What
 * each key says stands in `experimentSchema`; `parseExperiment` adds to `exclude` the columns that split, date or label rows.
 */
export const loadedExperimentSchema = experimentSchema.extend({ exclude: z.array(columnName) });
export type Experiment = z.infer<typeof loadedExperimentSchema>;

export type CsvFormat = Experiment["format"];

/** `type` names an estimator; the rest are that estimator's options, validated by its own schema. */
export type ModelOptions = Experiment["model"];
