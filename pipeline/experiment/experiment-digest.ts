import { createHash } from "node:crypto";
import type { Experiment } from "./experiment.ts";

/**
 * SHA-256 of an experiment after defaults, as 64 hex characters. Two files that mean the same give the same digest:
 * the order of keys, comments, and the order of `exclude` and `missing` do not count.
 */
export function experimentDigest(experiment: Experiment): string {
  const normalized = {
    ...experiment,
    exclude: [...experiment.exclude].sort(),
    missing: [...experiment.missing].sort(),
  };
  return createHash("sha256")
    .update(JSON.stringify(sortKeys(normalized)))
    .digest("hex");
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}
