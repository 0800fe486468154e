import { fewestRefits, seedNoise } from "../compare/seed-noise.ts";
import { estimators } from "../models/registry.ts";
import { type Run, runExperiment } from "../run.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";

/**
 * How far the metrics of either side move by the seed of a random estimator alone: the larger of both, by metric id.
 *
 * Each side whose estimator is random is fitted five times more on the same rows, with the five seeds that follow its
 * own. Undefined when neither is random, or when both sides are one run: then there is no change to explain.
 */
export function measureSeedNoise(
  { base, head }: ReadSides,
  runs: SideRuns,
  experimentPath: string,
): Record<string, number> | undefined {
  if (runs.base === runs.head) return undefined;
  const noises = [refits(base, runs.base?.run, experimentPath), refits(head, runs.head?.run, experimentPath)];
  const found = noises.filter((runs) => runs.length > 0).map(seedNoise);
  if (found.length === 0) return undefined;
  const ids = new Set(found.flatMap(Object.keys));
  return Object.fromEntries([...ids].map((id) => [id, Math.max(...found.map((noise) => noise[id] ?? 0))]));
}

function refits(side: ReadSide | null, run: Run | null | undefined, experimentPath: string): Run[] {
  if (!side?.read.ok || !run || !estimators.get(run.lineage.estimator)?.random) return [];
  const { experiment, data } = side.revision;
  const input = { experiment, experimentPath, dataBlob: data.blob, ...side.read.value, notes: [] };
  return Array.from({ length: fewestRefits }, (_, i) => {
    const refit = runExperiment(input, { fitSeed: run.lineage.seed + i + 1 });
    return refit.ok ? refit.value : run;
  });
}
