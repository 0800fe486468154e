import { openRunCache } from "../../pipeline/child/run-cache.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { IntegrityEntry } from "../../pipeline/integrity/integrity-report.ts";
import { findIntegrity } from "../../pipeline/review/find-integrity.ts";
import { matchSides } from "../../pipeline/review/match-sides.ts";
import { readSides } from "../../pipeline/review/read-sides.ts";
import { runSides } from "../../pipeline/review/run-sides.ts";
import { aReviewJob, aRevision } from "./review-jobs.ts";

/** CSV lines and what the experiment on them says. */
export interface LeakSide {
  lines: readonly string[];
  experiment: Partial<Experiment>;
}

/** What a review says of leakage: read, match, run and examine both sides, and nothing else. Throws when a side does not run. */
export async function findLeaks(folder: string, base: LeakSide, head: LeakSide): Promise<IntegrityEntry[]> {
  const job = aReviewJob(
    await aRevision(folder, "base", base.lines, { positive: null, ...base.experiment }),
    await aRevision(folder, "head", head.lines, { positive: null, ...head.experiment }),
  );
  const context = { cache: openRunCache(folder), experimentPath: "e.yml", onProgress: () => {} };
  const sides = await readSides(job);
  const match = matchSides(sides);
  const runs = runSides(sides, match, context);
  for (const side of [runs.base, runs.head]) if (side?.run === null) throw new Error(JSON.stringify(side.problems));
  const { entries } = findIntegrity(sides, runs, match, context)!;
  return entries.filter(({ severity }) => severity === "leakage");
}
