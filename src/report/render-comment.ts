import type { Facts } from "../facts/facts.ts";
import { reviewedModels, troubleOf } from "../facts/model-state.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { type Boxes, toChecklist } from "./checklist-view.ts";
import { defaultLevels } from "./default-levels.ts";
import { fitMarkdown, sizeOf } from "./fit-markdown.ts";
import { foldedSections } from "./folded-sections.ts";
import { isToldAbove } from "./not-measured.ts";
import { reviewCommand } from "./reproduce.ts";
import type { Section } from "./section.ts";
import { renderTemplate } from "./templates.ts";
import { toView } from "./to-view.ts";
import { waiveHint } from "./waive-hint.ts";

/** Hidden at the end of every comment of ours; a fallback for finding it, never a proof that it is ours. */
export const commentMarker = "<!-- modelsync:report -->";

/** GitHub refuses a comment of more than 65,536 characters. */
const commentLimit = 65_536;

/** A report in its two parts. */
export interface RenderedParts {
  visible: string;
  /** The same with boxes to tick, which only a comment can have. */
  withBoxes: string;
  folded: Section[];
}

/** The two parts of a report, whatever carries them: the comment folds the second one, the check run has a field. */
export function renderParts(verdict: Verdict, facts: Facts): RenderedParts {
  const broken = brokenModels(facts);
  const outcomes = verdict.outcomes.filter((outcome) => !isToldAbove(outcome));
  const { attention, passed, notApplicable } = toChecklist(outcomes, broken);
  const told = toChecklist(verdict.outcomes.filter(isToldAbove), broken).attention;
  const done = passed.length > 0 ? [renderTemplate("comment/passed", { passed })] : [];
  const asked = notApplicable.length > 0 ? [renderTemplate("comment/not-applicable", { notApplicable })] : [];
  const top = renderTemplate("comment/visible", toView(verdict, facts));
  const above = (boxes: Boxes | null) => {
    const { attention, waived } = toChecklist(outcomes, broken, boxes);
    const open = [...attention, ...waived];
    const shown = open.length > 0 ? [[...open, ...(attention.length > 0 ? done : [])].join("\n")] : [];
    return [top, ...shown].join("\n\n");
  };
  const quiet = [...told, ...(attention.length > 0 ? asked : [...done, ...asked])];
  const hint = waiveHint(verdict, facts);
  const folded = [quiet.join("\n"), hint ?? "", defaultLevels(facts) ?? ""].filter((part) => part !== "").join("\n\n");
  return { visible: above(null), withBoxes: above(boxesOf(facts)), folded: foldedSections(verdict, facts, folded) };
}

const commitId = /^[0-9a-f]{40,64}$/;

/** Nobody sees a tick in what is not on GitHub. */
function boxesOf({ door, policy, pullRequest }: Facts): Boxes | null {
  if (door !== "github" || !policy.waivers.byTick || !commitId.test(pullRequest.head.sha)) return null;
  return { headSha: pullRequest.head.sha, mayBeWaived: (check) => policy.checks[check]?.waivable !== false };
}

/** What is wrong with these stands at the model; every check that needs a run can't tell. */
function brokenModels(facts: Facts): ReadonlyMap<string, string | null> {
  const kinds = ["broken", "nowhere", "not-reviewed"];
  return new Map(
    reviewedModels(facts)
      .filter(({ state }) => kinds.includes(state.kind))
      .map(({ id, state }) => [id, troubleOf(state)]),
  );
}

/** The comment: what matters, then everything else folded, then the marker. Never over GitHub's limit. */
export function renderComment({ withBoxes: visible, folded }: RenderedParts, facts: Facts): string {
  const room = commentLimit - sizeOf(commentMarker) - 2;
  const note = (leftOut: number) => cutNote(leftOut, facts);
  if (folded.length === 0) return `${fitMarkdown(visible, room, note)}\n\n${commentMarker}\n`;
  const names = [...new Set(folded.map(({ name }) => name))].join(", ");
  const open = `<details><summary>${names.charAt(0).toUpperCase()}${names.slice(1)}</summary>\n\n`;
  const close = "\n\n</details>";
  const body = folded.map(({ markdown }) => markdown).join("\n\n");
  const left = room - sizeOf(visible) - sizeOf(open) - sizeOf(close) - 2;
  // Less than this is not worth unfolding.
  if (left < 1_000 && sizeOf(body) > left) {
    return `${fitMarkdown(`${visible}\n\n${body}`, Math.min(room, sizeOf(visible) + 1_000), note)}\n\n${commentMarker}\n`;
  }
  return `${visible}\n\n${open}${fitMarkdown(body, left, note)}${close}\n\n${commentMarker}\n`;
}

export function cutNote(leftOut: number, facts: Facts): string {
  return renderTemplate("cut-note", { leftOut, command: reviewCommand(facts) });
}
