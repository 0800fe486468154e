import type { EstimatorOptions } from "../../pipeline/experiment/parse-experiment.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { Anchor, AnchorName } from "../../pipeline/review/anchor.ts";
import { whatChanged } from "../../pipeline/review/what-changed.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { asRevision } from "./as-revision.ts";
import { describeData } from "./fetch-data.ts";
import type { FoundData } from "./find-data.ts";
import { type PreparedRevision, prepareRevision } from "./prepare-revision.ts";

type Ready = Extract<PreparedRevision, { state: "ready" }>;

/** An earlier revision of a repository that the head of a model is compared with; null: there is none of this name. */
export type FoundAnchor = AnchorName & { snapshot: Snapshot | null };

/**
 * Finds the earlier revisions that the head of a model is compared with as well, beside its base. Asked only of models that the
 * change touches.
 *
 * @param base the commit that heads are compared with
 * @param paths of everything that the model is made of
 */
export type FindAnchors = (model: ModelPolicy, base: string, paths: readonly string[]) => Promise<FoundAnchor[]>;

/** An anchor whose data has not been fetched. */
export type PreparedAnchor = AnchorName & { snapshot: Snapshot | null; revision: PreparedRevision };

/**
 * The anchors of a model, read at their revisions. None where the change touches nothing of it, and none that holds the same as
 * the base: then the comparison with the base says it.
 */
export async function prepareAnchors(
  model: ModelPolicy,
  [base, head]: readonly [PreparedRevision, PreparedRevision],
  find: FindAnchors,
  estimators: EstimatorOptions,
): Promise<PreparedAnchor[]> {
  if (base.state !== "ready" || head.state !== "ready" || isSame(base, head)) return [];
  if (Object.keys(model.metrics).length === 0) return [];
  const found = await find(
    model,
    base.commit,
    [...new Set([model.experiment, ...pathsOf(base), ...pathsOf(head)])].sort(),
  );
  const prepared = await Promise.all(
    found.map(async (anchor): Promise<PreparedAnchor> => {
      const { ref, snapshot } = anchor;
      if (snapshot === null) return { ...anchor, revision: withProblem("", anchorProblem.unknown(model, ref ?? "")) };
      const revision = await prepareRevision(snapshot, model.experiment, estimators);
      if (revision.state !== "absent") return { ...anchor, revision };
      return { ...anchor, revision: withProblem(snapshot.commit, anchorProblem.withoutModel(model, ref ?? "")) };
    }),
  );
  return prepared.filter(({ ref, revision }) => (revision.state === "ready" ? !isSame(revision, base) : ref !== null));
}

/**
 * What is wrong with the anchor that a policy names for a model, where it names one.
 *
 * @param commit the revision that names it
 */
export async function findAnchorProblems(model: ModelPolicy, commit: string, find: FindAnchors): Promise<Problem[]> {
  const { anchor, experiment } = model;
  if (anchor === undefined) return [];
  const found = await find(model, commit, [experiment]);
  if (found.some(({ snapshot }) => snapshot === null)) return [anchorProblem.unknown(model, anchor)];
  const entries = await Promise.all(found.map(({ snapshot }) => snapshot!.entry(experiment)));
  return entries.includes(null) ? [anchorProblem.withoutModel(model, anchor)] : [];
}

/** As a job names it, before its data has been fetched. */
export function describeAnchor({ revision, snapshot: _, ...name }: PreparedAnchor): Anchor {
  return { ...name, revision: asRevision(revision) };
}

/** Mistakes in what a policy names as the anchor of a model. */
const anchorProblem = {
  unknown: ({ id }: Pick<ModelPolicy, "id">, ref: string): Problem => ({
    code: "anchor-unknown",
    where: where(id),
    message: "The repository has no such tag, branch or commit.",
    written: ref,
    allowed: "a tag, a branch or a commit of this repository",
    remedy: `Correct ${key(id)} in the policy.`,
  }),
  withoutModel: ({ id, experiment }: Pick<ModelPolicy, "id" | "experiment">, ref: string): Problem => ({
    code: "anchor-without-model",
    where: where(id),
    message: `The anchor does not have ${experiment}.`,
    written: ref,
    allowed: "a revision that has the model's experiment",
    remedy: `Name a later revision at ${key(id)} in the policy.`,
  }),
};

function where(id: string): Problem["where"] {
  return { path: policyPath, key: key(id) };
}

function key(id: string): string {
  return `models.${id}.anchor`;
}

function withProblem(commit: string, problem: Problem): PreparedRevision {
  return { state: "problems", commit, problems: [problem] };
}

function pathsOf({ data: { files, labels } }: { data: FoundData }): string[] {
  return [...files, ...(labels === null ? [] : [labels])].map(({ path }) => path);
}

function isSame(one: Ready, other: Ready): boolean {
  const described = (side: Ready) => ({ ...side, data: describeData(side.data) });
  const { data, experiment } = whatChanged(described(one), described(other));
  return !data && !experiment;
}
