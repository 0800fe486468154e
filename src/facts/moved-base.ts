import type { Snapshot } from "./snapshot.ts";

/** What merging a branch into the tip of its base gives, or why nobody knows. */
export type Merged =
  | { state: "merged"; snapshot: Snapshot }
  | { state: "conflict" }
  /** GitHub is still trying. */
  | { state: "not-ready" }
  /** git could not try; `detail` is what it said. */
  | { state: "failed"; detail: string };

/** A base branch that has commits which a branch does not have. */
export interface MovedBase {
  /** Its name. */
  ref: string;
  tip: Snapshot;
  /** Merges for a try. May be slow, so it is asked only when the answer matters. */
  merge(): Promise<Merged>;
}

/**
 * The base branch where it has gone on since a branch left it, or null.
 *
 * @param base where the branch left it
 * @param tip where it is now
 * @param merge is asked once, however many models ask
 */
export function toMovedBase(
  ref: string,
  base: Snapshot,
  tip: Snapshot,
  merge: () => Promise<Merged>,
): MovedBase | null {
  let merged: Promise<Merged> | undefined;
  const mergeOnce = () => {
    merged ??= merge();
    return merged;
  };
  return tip.commit === base.commit ? null : { ref, tip, merge: mergeOnce };
}
