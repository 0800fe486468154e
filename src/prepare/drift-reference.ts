import type { Problem } from "../../pipeline/problem.ts";
import type { DriftReference } from "../../pipeline/review/model-review.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { describeData } from "./fetch-data.ts";
import { type FoundData, findData } from "./find-data.ts";

/** The reference that a policy pins, found and not fetched, or why it cannot be used. */
export type FoundReference =
  | { state: "found"; data: FoundData }
  | { state: "problems"; path: string; problems: Problem[] };

/**
 * Finds the file that a model's policy pins as the reference of drift; null when it pins none. It is looked up at the
 * base: a pull request must not choose what it is compared with.
 */
export async function findReference(
  { drift }: Pick<ModelPolicy, "drift">,
  base: Snapshot,
): Promise<FoundReference | null> {
  if (drift.reference === undefined) return null;
  const found = await findData(base, { data: drift.reference }, policyPath);
  return Array.isArray(found)
    ? { state: "problems", path: drift.reference, problems: found }
    : { state: "found", data: found };
}

/** As a job names it, before it has been fetched. */
export function describeReference(reference: FoundReference): DriftReference {
  return reference.state === "found" ? { state: "ready", data: describeData(reference.data) } : reference;
}
