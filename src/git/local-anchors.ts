import type { FindAnchors } from "../prepare/prepare-anchors.ts";
import { findRevision } from "./find-revision.ts";
import type { LocalRepository } from "./repository.ts";

/** So many changes of a model are added up where its policy names no anchor. */
const addedUp = 5;

/**
 * The anchors of models in a repository on this machine: what the policy names, at the remote where it is nowhere else; else the
 * revision before the last changes of the model on the first parents of its base.
 */
export function localAnchors(repository: LocalRepository): FindAnchors {
  return async ({ anchor, metrics: gates }, base, paths) => {
    const metrics = Object.keys(gates);
    if (anchor !== undefined) {
      const commit = await findRevision(repository, anchor);
      const snapshot = commit === null ? null : repository.snapshot(commit);
      return [{ ref: anchor, changes: null, metrics, snapshot }];
    }
    const changes = await repository.changesOf(base, paths, addedUp + 1);
    const earliest = changes.at(-1);
    if (earliest === undefined || changes.length < 2) return [];
    return [{ ref: null, changes: changes.length - 1, metrics, snapshot: repository.snapshot(earliest) }];
  };
}
