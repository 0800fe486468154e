import { fitMarkdown } from "../report/fit-markdown.ts";
import { renderTemplate } from "../report/templates.ts";
import { splitCode } from "../report/to-view.ts";
import type { Result } from "./conversation.ts";

/** A policy of the most models has fewer. */
const mostSentences = 100;
/** GitHub refuses a longer one. */
const longestComment = 65_536;

/**
 * What is said in answer to a comment, as Markdown; null: nothing beyond the reaction. What was done shows in the report.
 */
export function renderReply(results: readonly Result[]): string | null {
  const says = results.flatMap((result) => ("says" in result ? result.says : []));
  if (says.length === 0) return null;
  const reply = renderTemplate("reply", {
    says: says.slice(0, mostSentences).map((sentence) => ({ parts: splitCode(sentence).flatMap(inPieces) })),
  });
  return fitMarkdown(reply, longestComment, (leftOut) => `(${leftOut} characters are left out here.)`);
}

/** What is shown of one text is cut; sentences of ours are longer. Code may be anything, and is cut. */
function inPieces(part: { code: boolean; text: string }): { code: boolean; text: string }[] {
  if (part.code) return [part];
  const pieces = part.text.match(/.{1,150}(?:\s|$)|.{1,150}/gs) ?? [];
  return pieces.map((text) => ({ code: false, text }));
}
