import type { ModelPolicy } from "../policy/policy.ts";
import type { Facts } from "./facts.ts";

/** The paths, and patterns of paths, of all that the models of a policy read: experiments, data, labels, pinned references. */
export function pathsOfModels(policies: readonly ModelPolicy[], reviews: Facts["models"]): string[] {
  const named = policies.flatMap(({ experiment, drift }) => [experiment, drift.reference ?? []].flat());
  const data = reviews.flatMap(({ base, head }) =>
    [base, head].flatMap((side) =>
      side.state === "ran" ? (side.run.lineage.dataPaths ?? [side.run.lineage.dataPath]) : [],
    ),
  );
  return [...new Set([...named, ...data])].sort();
}
