import type { Facts } from "../facts/facts.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { type ModelView, toModelViews } from "./model-view.ts";
import { type ProblemView, toProblemViews } from "./problem-view.ts";

/** What the always visible part of a comment shows: plain data, nothing escaped. */
export interface View {
  mark: "✓" | "✗" | "!";
  /** The verdict's sentence; what stood between backticks is code. */
  sentence: { code: boolean; text: string }[];
  head: string;
  base: string;
  baseRef: string;
  /** Rows that were compared, when there is exactly one model and it was compared. */
  rows: number | null;
  /** Models whose base result came from the cache; plain sentence or null. */
  cached: string | null;
  models: ModelView[];
  severalModels: boolean;
  policy: { preview: string[]; morePreview: number; removed: boolean; problems: ProblemView[]; more: number };
}

/** A policy can be rewritten from end to end; the reviewer then reads the file itself. */
const shownSentences = 20;

const marks = { pass: "✓", fail: "✗", "cannot-tell": "!" } as const;

export function toView(verdict: Verdict, facts: Facts): View {
  const { pullRequest, policyChange } = facts;
  const models = toModelViews(verdict, facts);
  const preview = policyChange.state === "changed" ? policyChange.preview : [];
  const { problems, more } = toProblemViews(verdict.problems);
  return {
    mark: marks[verdict.conclusion],
    sentence: splitCode(verdict.sentence),
    head: pullRequest.head.sha.slice(0, 7),
    base: pullRequest.mergeBase.slice(0, 7),
    baseRef: pullRequest.base.ref,
    rows: facts.models.length === 1 ? (facts.models[0]!.comparison?.holdout.common ?? null) : null,
    cached: cacheSentence(facts),
    models,
    severalModels: models.length > 1,
    policy: {
      preview: preview.slice(0, shownSentences),
      morePreview: Math.max(0, preview.length - shownSentences),
      removed: policyChange.state === "removed",
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

function cacheSentence({ models }: Facts): string | null {
  const cached = models.filter(({ base }) => base.state === "ran" && base.cached);
  if (cached.length === 0) return null;
  return models.length === 1
    ? "Base result from cache."
    : `Base results from cache: ${cached.length} of ${models.length}.`;
}
