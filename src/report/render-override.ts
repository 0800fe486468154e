import type { Override } from "../verdict/override.ts";
import { cleanText, escapeMarkdown } from "./escape-markdown.ts";
import { fitMarkdown } from "./fit-markdown.ts";
import type { Report } from "./report.ts";
import { renderTemplate } from "./templates.ts";
import { fitComment, onItsOwn } from "./under-heading.ts";

/** GitHub refuses summaries of more bytes. */
const longestSummary = 65_535;

/** The check run that is published by hand, where no review stands behind it. */
export function renderOverride(override: Override): Report["checkRun"] {
  return {
    conclusion: "success",
    title: titleOf(override),
    summary: noteOn(override, { alone: true }),
    text: "",
    annotations: [],
  };
}

/** A report on a commit that was let through by hand: the check stays green, and the verdict is told below who did that and why. */
export function withOverride({ comment, checkRun }: Report, override: Override): Report {
  const note = noteOn(override, { alone: false, passes: checkRun.conclusion === "success" });
  const summary = `${note}\n\n${onItsOwn(checkRun.summary)}`;
  return {
    comment: fitComment(`### ! ModelSync: overridden by ${escapeMarkdown(override.by)}\n${note}`, comment),
    checkRun: {
      ...checkRun,
      conclusion: "success",
      title: titleOf(override),
      summary: fitMarkdown(summary, longestSummary, (leftOut) => `(${leftOut} characters are left out here.)`),
    },
  };
}

function titleOf({ by, reason }: Override): string {
  return cleanText(`Overridden by ${by}: ${reason}`).trim();
}

function noteOn({ headSha, given, ...override }: Override, view: { alone: boolean; passes?: boolean }): string {
  const when = given.slice(0, 16).replace("T", " ");
  return renderTemplate("override", { ...override, commit: headSha.slice(0, 7), given: when, passes: false, ...view });
}
