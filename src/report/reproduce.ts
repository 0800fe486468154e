import type { Facts } from "../facts/facts.ts";
import type { Section } from "./section.ts";

/**
 * The commands that repeat a review on one's own machine. Only commit ids and the number stand in them, because a
 * branch name may be written to do harm in a shell.
 */
export function reproduceCommands({ pullRequest, door }: Facts): Section[] {
  const review = reviewCommand({ pullRequest });
  if (review === null) return [];
  const { number, base } = pullRequest;
  const fetch = door === "github" && number !== null ? [`git fetch origin ${base.sha} pull/${number}/head`] : [];
  return [
    {
      name: "reproduce locally",
      markdown: ["#### Reproduce locally", "", "```sh", ...fetch, review, "```"].join("\n"),
    },
  ];
}

/** `modelsync review --base … --head …`, or null when a commit id is not one. */
export function reviewCommand({ pullRequest }: Pick<Facts, "pullRequest">): string | null {
  const { base, head } = pullRequest;
  return isCommit(base.sha) && isCommit(head.sha) ? `modelsync review --base ${base.sha} --head ${head.sha}` : null;
}

function isCommit(sha: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha);
}
