import type { Standing } from "../verdict/standing.ts";
import { fitMarkdown } from "./fit-markdown.ts";
import { withOverride } from "./render-override.ts";
import type { Report } from "./report.ts";
import { fitComment, onItsOwn } from "./under-heading.ts";

/** GitHub refuses summaries of more bytes. */
const longestSummary = 65_535;

/**
 * A report whose check run is shared with other pull requests of the same commit, or was let through by hand: where that decides
 * what it says, the comment's heading says so too, and what is known of this pull request alone follows.
 */
export function withTwins(report: Report, standing: Standing): Report {
  if (standing.says === "own" || standing.says === "waiting") return report;
  if (standing.says === "overridden") return withOverride(report, standing.override);
  const names = standing.twins.map((number) => `#${number}`).join(", ");
  const { comment, checkRun } = report;
  if (standing.says === "theirs") {
    if (checkRun.conclusion === "success") return report;
    const note = `The check of this commit belongs to ${names}, whose author may write to this repository. If it is green, merging this pull request all the same bypasses the review below.`;
    return { ...report, comment: `${note}\n\n${comment}` };
  }
  const note = `${names} with the same commit and the same base branch needs attention, and they share this check. Close or repair ${names}.`;
  return {
    comment: fitComment(`### ✗ ModelSync: ${names} with the same commit needs attention\n${note}`, comment),
    checkRun: {
      ...checkRun,
      conclusion: "failure",
      title: `${names} with the same commit fails`.slice(0, 255),
      summary: fitMarkdown(
        `${note}\n\n${onItsOwn(checkRun.summary)}`,
        longestSummary,
        (leftOut) => `(${leftOut} characters are left out here.)`,
      ),
    },
  };
}
