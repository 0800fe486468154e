import type { RunCache } from "../child/run-cache.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { ReadTable } from "../read/read-table.ts";
import { dataLineage, type RevisionData } from "../revision-data.ts";
import { type Run, type RunOptions, runExperiment } from "../run.ts";
import { type RunYardstick, runKey } from "../run-key.ts";

/** A run and where it came from, or why there is none. */
export type CachedRun = { run: Run; cached: boolean } | { run: null; problems: Problem[] };

export interface RunContext {
  cache: RunCache;
  experimentPath: string;
  onProgress: (step: string, share: number) => void;
}

/** An experiment and the table that was read by its own rules. */
export interface ReadExperiment {
  experiment: Experiment;
  data: RevisionData;
  read: Outcome<ReadTable>;
}

/**
 * Runs an experiment on a table, unless the cache has the result of the same experiment, data and yardstick.
 *
 * @param division rows that are held out instead of those that the split would choose; the yardstick names them
 */
export function runThroughCache(
  { experiment, data, read }: ReadExperiment,
  judgedBy: RunYardstick | null,
  { cache, experimentPath, onProgress }: RunContext,
  division?: RunOptions["division"],
): CachedRun {
  if (!read.ok) return { run: null, problems: read.problems };
  const known = cache.get(runKey(experiment, data.blob, judgedBy));
  if (known !== null) return { run: known, cached: true };
  const ran = runExperiment(
    { experiment, experimentPath, ...dataLineage(data), ...read.value, notes: read.notes },
    {
      yardstick: judgedBy,
      ...(division === undefined ? {} : { division }),
      onProgress: ({ step, share }) => onProgress(step, share),
    },
  );
  if (!ran.ok) return { run: null, problems: ran.problems };
  cache.set(ran.value);
  return { run: ran.value, cached: false };
}
