import { z } from "zod";
import { type FileKind, fileKind, fileKinds } from "../facts/file-kind.ts";
import { type ReviewedModel, reviewedModels } from "../facts/model-state.ts";
import { pathsOfModels } from "../facts/paths-of-models.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { touchesAny } from "../prepare/match-path.ts";
import type { Check, Finding } from "../verdict/check.ts";
import { withoutFact } from "../verdict/known-facts.ts";
import { newFinding } from "../verdict/new-finding.ts";
import { countOf } from "../words/count-of.ts";

const id = "unmeasured-change";

const options = z.strictObject({
  ignore: z
    .array(z.string().min(1).max(500))
    .max(1_000)
    .default([])
    .describe("Paths, or patterns such as `tests/**`, of files that nothing is said about."),
});

export default {
  id,
  title: "Unmeasured changes",
  group: "model",
  defaultLevel: "warn",
  triggers: ["code", "base", "policy"],
  options,
  docs: {
    summary:
      "Every changed file that could change a model is one that a model of the policy reads: its experiment, its data, its labels or its pinned reference. The others are named: code first, then parameters, metrics files and model files.",
    passes:
      "Every changed file that could change a model was measured. Texts, pictures outside of `data`, licenses and files whose name or folder begins with a dot count as none; where nothing else changed, or the policy names no model, the check does not apply.",
    fails:
      "Changed files could change a model, and no model of the policy reads them: that what is measured stayed the same says nothing about them.",
    cannotTell:
      "The changed files could not be read or are more than GitHub lists, or a model could not be run, so that its data are not known.",
  },
  run(facts, { ignore }) {
    const models = reviewedModels(facts);
    if (models.length === 0) return notApplicable("the policy names no model");
    if (!facts.changedFiles.known) return withoutFact(id, "the changed files", facts.changedFiles);
    const changed = facts.changedFiles.value
      .map(({ path }) => ({ path, kind: fileKind(path) }))
      .filter((file): file is Changed => file.kind !== null && !touchesAny([file.path], ignore));
    if (changed.length === 0) return notApplicable("none");
    const measured = [policyPath, ...pathsOfModels(facts.policy.models, facts.models)];
    const left = changed.filter(({ path }) => !touchesAny([path], measured)).toSorted(mostTellingFirst);
    if (left.length === 0) return { answer: "pass", summary: "every changed file was measured", findings: [] };

    const blind = models.filter(isUnread).map(({ id }) => id);
    const isUnclear = ({ kind }: Changed) => kind === "other" && blind.length > 0;
    const findings = left.slice(0, shownFiles).map((file) => unmeasured(file, isUnclear(file) ? blind : []));
    const rest = left.length > shownFiles ? [furtherFiles(left.length - shownFiles)] : [];
    if (left.every(isUnclear)) {
      const summary = `whether ${countOf(left.length, "changed file")} is measured is not known`;
      return { answer: "cannot-tell", summary, findings: [...findings, ...rest] };
    }
    const marked = findings.map((finding, at) =>
      isUnclear(left[at]!) ? { ...finding, unclear: true as const } : finding,
    );
    return {
      answer: "fail",
      summary: `${countOf(left.length, "changed file")} that no model of the policy reads`,
      findings: [...marked, ...rest],
    };
  },
} satisfies Check<z.infer<typeof options>>;

interface Changed {
  path: string;
  kind: FileKind;
}

/** A pull request can change thousands. */
const shownFiles = 50;

function notApplicable(why: string) {
  return { answer: "not-applicable" as const, summary: `unmeasured changes: ${why}`, findings: [] };
}

/** Whether a side could not be run, so that nobody knows all the data that the model names. */
function isUnread({ review }: ReviewedModel): boolean {
  return review === null || review.base.state === "problems" || review.head.state === "problems";
}

function mostTellingFirst(left: Changed, right: Changed): number {
  return fileKinds.indexOf(left.kind) - fileKinds.indexOf(right.kind) || (left.path < right.path ? -1 : 1);
}

/** @param blind models whose data are not known, so that it may be theirs */
function unmeasured({ path, kind }: Changed, blind: string[]): Finding {
  return newFinding(
    id,
    "file",
    {
      title:
        blind.length === 0
          ? `${path} changed, and no model of the policy reads it`
          : `${path} changed, and may be data of ${blind.join(", ")}`,
      evidence: { kind, reason: blind.length === 0 ? null : `${blind.join(", ")} could not be run` },
      remedy:
        blind.length === 0
          ? "Say in the pull request what it does to the model, or list what can't change one under ignore of unmeasured-change in the policy."
          : "Make the model run again; then it is known what it reads.",
      path,
    },
    [path],
  );
}

function furtherFiles(count: number): Finding {
  return newFinding(id, "further-files", {
    title: `${countOf(count, "further file")} changed that no model of the policy reads`,
    evidence: { kind: "further", reason: null, files: count },
    remedy: "Divide the pull request, so that each can be looked at.",
  });
}
