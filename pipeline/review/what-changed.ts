import type { Experiment } from "../experiment/experiment.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { RevisionData } from "../revision-data.ts";
import type { Revision } from "./revision.ts";

type Ready = Pick<Extract<Revision, { state: "ready" }>, "experiment" | "data">;

/**
 * What differs between two revisions of a model. Where the data lies is neither: a moved file holds the same rows. Nor is the
 * column that dates the rows: no number of a run depends on it, apart from what it excludes.
 */
export function whatChanged(base: Ready, head: Ready): { data: boolean; experiment: boolean } {
  return {
    data: contentOf(base.data) !== contentOf(head.data),
    experiment: recipeDigest(base.experiment) !== recipeDigest(head.experiment),
  };
}

/** The files in the order of their rows, without their names. */
function contentOf({ files, labels }: RevisionData): string {
  return JSON.stringify([files.map(({ blob }) => blob), labels?.blob ?? null]);
}

function recipeDigest(experiment: Experiment): string {
  const { labels } = experiment;
  return experimentDigest({
    ...experiment,
    data: "",
    time: undefined,
    ...(labels ? { labels: { ...labels, data: "" } } : {}),
  });
}
