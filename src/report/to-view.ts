import type { Facts } from "../facts/facts.ts";
import { mergedModels } from "../facts/merged-models.ts";
import { nothingMeasuredChanged } from "../facts/model-state.ts";
import { isLooser } from "../policy/diff-policy.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { describeEngineChange } from "../words/engine-change.ts";
import { type ModelView, toModelViews } from "./model-view.ts";
import { notMeasured } from "./not-measured.ts";
import { type ProblemView, toProblemViews } from "./problem-view.ts";

/** What the always visible part of a comment shows: plain data, nothing escaped. */
export interface View {
  mark: "✓" | "✗" | "!";
  /** The verdict's sentence; what stood between backticks is code. */
  sentence: { code: boolean; text: string }[];
  /** What only another engine made differ, like the sentence; empty when nothing. */
  engineChange: View["sentence"];
  head: string;
  base: string;
  baseRef: string;
  /** Models of which the merge was compared with the tip of the base; null: none. */
  merged: { tip: string; models: string[]; every: boolean } | null;
  /** Rows that were compared, when there is exactly one model and it was compared. */
  rows: number | null;
  /** It passes and no model changed: what was compared with what is not worth a line. */
  still: boolean;
  /** Changed files that no model reads, those first that can do the most; at most three, the rest is counted. */
  notMeasured: string[];
  moreNotMeasured: number;
  /** Models whose base result came from the cache; plain sentence or null. */
  cached: string | null;
  /** At most ten; the rest is counted. */
  models: ModelView[];
  moreModels: number;
  /** Ids of the models of several that did not change. */
  unchanged: string[];
  severalModels: boolean;
  policy: {
    preview: string[];
    morePreview: number;
    removed: boolean;
    looser: boolean;
    problems: ProblemView[];
    more: number;
  };
}

/** A policy can be rewritten from end to end; the reviewer then reads the file itself. */
const shownSentences = 20;
const shownModels = 10;
const shownFiles = 3;

const marks = { pass: "✓", fail: "✗", "cannot-tell": "!" } as const;

export function toView(verdict: Verdict, facts: Facts): View {
  const { pullRequest, policyChange } = facts;
  const { engineChange } = verdict;
  const models = toModelViews(verdict, facts);
  const several = models.length > 1;
  const still = verdict.conclusion === "pass" && nothingMeasuredChanged(facts);
  const shown = several || still ? models.filter(({ quiet }) => !quiet) : models;
  const files = notMeasured(verdict.outcomes);
  const preview = policyChange.state === "changed" ? policyChange.preview : [];
  const { problems, more } = toProblemViews(verdict.problems);
  return {
    mark: marks[verdict.conclusion],
    sentence: splitCode(verdict.sentence),
    engineChange: engineChange ? splitCode(describeEngineChange(engineChange, verdict.conclusion)) : [],
    head: pullRequest.head.sha.slice(0, 7),
    base: pullRequest.mergeBase.slice(0, 7),
    baseRef: pullRequest.base.ref,
    merged: toMerged(facts),
    rows: commonRows(facts),
    still,
    notMeasured: files.names.slice(0, shownFiles),
    moreNotMeasured: files.count - Math.min(shownFiles, files.names.length),
    cached: cacheSentence(facts),
    models: shown.slice(0, shownModels),
    moreModels: Math.max(0, shown.length - shownModels),
    unchanged: several && !still ? models.filter(({ quiet }) => quiet).map(({ id }) => id) : [],
    severalModels: several,
    policy: {
      preview: preview.slice(0, shownSentences),
      morePreview: Math.max(0, preview.length - shownSentences),
      removed: policyChange.state === "removed",
      looser: preview.some(isLooser),
      problems,
      more,
    },
  };
}

/** `a `b` c` as text and code by turns. */
export function splitCode(sentence: string): View["sentence"] {
  return sentence
    .split("`")
    .map((text, index) => ({ code: index % 2 === 1, text }))
    .filter(({ text }) => text !== "");
}

function toMerged(facts: Facts): View["merged"] {
  const models = mergedModels(facts);
  if (models.length === 0) return null;
  return { tip: facts.pullRequest.base.sha.slice(0, 7), models, every: models.length === facts.models.length };
}

function commonRows({ models }: Facts): number | null {
  const comparison = models.length === 1 ? models[0]!.comparison : null;
  return comparison?.status === "compared" ? comparison.holdout.common : null;
}

function cacheSentence({ models }: Facts): string | null {
  const cached = models.filter(({ base }) => base.state === "ran" && base.cached);
  if (cached.length === 0) return null;
  return models.length === 1
    ? "Base result from cache."
    : `Base results from cache: ${cached.length} of ${models.length}.`;
}
