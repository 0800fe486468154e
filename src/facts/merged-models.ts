import type { Facts } from "./facts.ts";

/**
 * Ids of the models of which what would be merged was compared with the tip of the base, because the base changed something that
 * they read since the branch left it. Of all others the head was compared with where the branch left.
 */
export function mergedModels({ models, pullRequest }: Pick<Facts, "models" | "pullRequest">): string[] {
  const { base, head, mergeBase } = pullRequest;
  if (base.sha === mergeBase) return [];
  const isMerged = (review: Facts["models"][number]) =>
    review.base.commit === base.sha && review.head.commit !== head.sha;
  return models.filter(isMerged).map(({ model }) => model);
}
