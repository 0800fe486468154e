import type { Experiment } from "../experiment/experiment.ts";
import type { RevisionData } from "../revision-data.ts";
import type { Run } from "../run.ts";

/** One experiment and its data in local files. */
export interface RunJob {
  experiment: Experiment;
  /** Repository path of the experiment file, for problems. */
  experimentPath: string;
  data: RevisionData;
  /** Whether the run is written as files, too. */
  files: boolean;
}

/** A run without its rows and weights, which only the files have. */
export type ReportedRun = Omit<Run, "holdout" | "model">;

/** The folder, within that of the child, in which the files of a run are. */
export const stagedName = "run";
