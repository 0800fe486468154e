import type { Anchor, AnchorReview } from "./anchor.ts";
import { compareSides } from "./compare-sides.ts";
import { matchSides } from "./match-sides.ts";
import type { ReviewJob } from "./model-review.ts";
import { type ReadSide, type ReadSides, readSides } from "./read-sides.ts";
import { runSides, type SideContext } from "./run-sides.ts";

/**
 * Compares the head with each earlier revision that the job names, as if that were its base: on the anchor's hold-out, by its
 * labels and split. Of a head that can't be read nothing is said: its own review tells why.
 */
export async function compareAnchors(
  job: ReviewJob,
  { head }: ReadSides,
  context: SideContext,
): Promise<AnchorReview[]> {
  const reviews: AnchorReview[] = [];
  if (!head?.read.ok) return reviews;
  for (const anchor of job.anchors ?? []) {
    reviews.push(await compareAnchor(job, anchor, head, context));
  }
  return reviews;
}

async function compareAnchor(
  job: ReviewJob,
  { revision, ...name }: Anchor,
  head: ReadSide,
  context: SideContext,
): Promise<AnchorReview> {
  const named = { ...name, commit: revision.commit };
  if (revision.state === "absent") return { ...named, state: "problems", problems: [] };
  if (revision.state === "problems") return { ...named, state: "problems", problems: revision.problems };
  const { base } = await readSides({ base: revision, head: { state: "absent", commit: "" } });
  const sides = { base, head };
  const match = matchSides(sides);
  const runs = runSides(sides, match, context);
  if (runs.base?.run === null) return { ...named, state: "problems", problems: runs.base.problems };
  const comparison = compareSides({ ...job, sliceColumns: [], slices: [] }, sides, match, runs, false);
  if (comparison === null) return { ...named, state: "incomparable", reasons: [] };
  const { status, reasons, metrics, kept } = comparison;
  if (status === "incomparable") return { ...named, state: "incomparable", reasons };
  return {
    ...named,
    state: "compared",
    compared: only(metrics, name.metrics),
    ...(kept === undefined ? {} : { kept: only(kept.metrics, name.metrics) }),
  };
}

function only<T extends { metric: string }>(compared: readonly T[], metrics: readonly string[]): T[] {
  return compared.filter(({ metric }) => metrics.includes(metric));
}
